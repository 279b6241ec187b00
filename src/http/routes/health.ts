import type { FastifyInstance } from 'fastify';

export interface HealthOptions {
  /** Whether Redis answers; absent when none is configured. */
  pingRedis?: () => Promise<boolean>;
  /** Aborted when the process is told to stop. */
  stopping: AbortSignal;
}

/**
 * /healthz: the process serves. /readyz: what it was configured with is there too, and it is not about to stop. Restart
 * on the first; without Redis calls still go on, so taking a replica out for the second is the operator's choice. The
 * circuit breaker is no part of it: Partoo's trouble is the same for all replicas, and a caller could watch what it does.
 */
export async function health(app: FastifyInstance, { pingRedis, stopping }: HealthOptions): Promise<void> {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const redis = await stateOf(pingRedis);
    const ready = redis === 'unreachable' ? 'not ready' : 'ready';
    const status = stopping.aborted ? 'draining' : ready;
    reply.code(status === 'ready' ? 200 : 503);
    return { status, redis };
  });
}

async function stateOf(pingRedis: HealthOptions['pingRedis']) {
  if (!pingRedis) return 'not configured';
  return (await pingRedis()) ? 'reachable' : 'unreachable';
}
