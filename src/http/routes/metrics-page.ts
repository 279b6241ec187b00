import { type FastifyInstance, fastify } from 'fastify';
import { isLoopback } from '../../core/loopback.ts';
import { notFoundHandler } from '../errors/error-handlers.ts';
import { hostGuard } from '../guards/hosts.ts';

export interface MetricsPageOptions {
  metrics: { contentType: string; read(): Promise<string> };
  /** The address that it listens on. */
  boundTo: string;
}

/**
 * GET /metrics on a port of its own. A firewall, published ports or a proxy can keep a port private; a path or a token on
 * the public port would be easy to get wrong.
 */
export function createMetricsApp({ metrics, boundTo }: MetricsPageOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  // Beyond loopback, Prometheus uses an address or a container's name, in a network without web pages.
  const allowedHosts = isLoopback(boundTo) ? [] : ['*'];
  app.addHook('onRequest', hostGuard({ boundTo, allowedHosts, allowedOrigins: [] }));
  app.setNotFoundHandler(notFoundHandler);
  app.get('/metrics', (_request, reply) => {
    reply.type(metrics.contentType);
    return metrics.read();
  });
  return app;
}
