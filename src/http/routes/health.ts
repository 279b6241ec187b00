import type { FastifyInstance } from 'fastify';

export interface HealthOptions {
  /** Whether Redis responds; undefined if none is configured. */
  pingRedis?: () => Promise<boolean>;
  /** Aborted when the process was told to stop. */
  stopping: AbortSignal;
}

/**
 * /healthz: the process serves; restart it if not. /readyz: it is not draining, and Redis responds. Calls go on without
 * Redis, so whether /readyz takes a replica out is the operator's choice. The circuit breaker is no part of it: a Partoo
 * outage is the same for all replicas, and its state would be public.
 */
export async function health(app: FastifyInstance, { pingRedis, stopping }: HealthOptions): Promise<void> {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const redis = await redisState(pingRedis);
    const ready = redis === 'unreachable' ? 'not ready' : 'ready';
    const status = stopping.aborted ? 'draining' : ready;
    reply.code(status === 'ready' ? 200 : 503);
    return { status, redis };
  });
}

async function redisState(pingRedis: HealthOptions['pingRedis']) {
  if (!pingRedis) return 'not configured';
  return (await pingRedis()) ? 'reachable' : 'unreachable';
}
