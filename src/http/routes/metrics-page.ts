import { type FastifyInstance, fastify } from 'fastify';
import type { Registry } from 'prom-client';
import { isLoopback } from '../../core/loopback.ts';
import { notFoundHandler } from '../errors/error-handlers.ts';
import { hostGuard } from '../guards/hosts.ts';

/**
 * GET /metrics on a port of its own. A firewall, published ports or a proxy can keep a port private; a path or a token on
 * the public port would be easy to get wrong.
 */
export function createMetricsApp(metrics: Registry, boundTo: string): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  // Beyond loopback, Prometheus uses an address or a container's name, in a network without web pages.
  const ALLOWED_HOSTS = isLoopback(boundTo) ? [] : ['*'];
  app.addHook('onRequest', hostGuard({ HOST: boundTo, ALLOWED_HOSTS, ALLOWED_ORIGINS: [] }));
  app.setNotFoundHandler(notFoundHandler);
  app.get('/metrics', (_request, reply) => {
    reply.type(metrics.contentType);
    return metrics.metrics();
  });
  return app;
}
