import type { FastifyInstance } from 'fastify';
import type { OpenRedis } from '../../storage/redis/open-redis.ts';

export interface HealthOptions {
  /** Undefined if none is configured. */
  redis?: OpenRedis;
  /** Aborted on SIGTERM, before the drain. */
  stopping: AbortSignal;
}

/**
 * /healthz: the process serves; restart it if not. /readyz: it is not draining, and Redis responds. Calls go on without
 * Redis, so whether /readyz takes a replica out is the operator's choice. The circuit breaker is no part of it: a Partoo
 * outage is the same for all replicas, and its state would be public.
 */
export async function health(app: FastifyInstance, { redis, stopping }: HealthOptions): Promise<void> {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const state = redis ? await stateOf(redis) : 'not configured';
    const ready = state === 'unreachable' ? 'not ready' : 'ready';
    const status = stopping.aborted ? 'draining' : ready;
    reply.code(status === 'ready' ? 200 : 503);
    return { status, redis: state };
  });
}

const stateOf = ({ client, health }: OpenRedis) =>
  health.use(
    async () => ((await client.ping()) ? 'reachable' : 'unreachable'),
    async () => 'unreachable',
  );
