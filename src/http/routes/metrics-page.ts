import { type FastifyInstance, fastify } from 'fastify';
import { isLoopback } from '../../core/loopback.ts';
import { notFoundHandler } from '../errors.ts';
import { hostGuard } from '../guards/hosts.ts';

export interface MetricsPageOptions {
  metrics: { contentType: string; read(): Promise<string> };
  /** The address it is bound to. */
  boundTo: string;
}

/**
 * GET /metrics on a port of its own: what is served to the world and what is not are told apart by a firewall, a
 * container's published ports or a proxy, and no path or token has to be got right.
 */
export function createMetricsApp({ metrics, boundTo }: MetricsPageOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  // Elsewhere it is reached by an address or a container's name, in a network that no page is from.
  const allowedHosts = isLoopback(boundTo) ? [] : ['*'];
  app.addHook('onRequest', hostGuard({ boundTo, allowedHosts, allowedOrigins: [] }));
  app.setNotFoundHandler(notFoundHandler);
  app.get('/metrics', (_request, reply) => {
    reply.type(metrics.contentType);
    return metrics.read();
  });
  return app;
}
