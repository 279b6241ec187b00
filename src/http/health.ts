import type { FastifyInstance } from 'fastify';

export interface HealthOptions {
  /** Whether Redis answers; absent when none is configured. */
  pingRedis?: () => Promise<boolean>;
  /** Whether Partoo is being called: closed is the normal state of a circuit breaker. */
  breakerState(): string;
  /** Aborted when the process is told to stop. */
  stopping: AbortSignal;
}

/**
 * /healthz: the process serves. /readyz: what it was configured with is there too, and it is not about to stop. Restart
 * on the first; without Redis calls still go on, so taking a replica out for the second is the operator's choice. An
 * open circuit breaker makes no replica unready: Partoo's trouble is the same for all of them.
 */
export async function health(
  app: FastifyInstance,
  { pingRedis, breakerState, stopping }: HealthOptions,
): Promise<void> {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const redis = await stateOf(pingRedis);
    const ready = redis === 'unreachable' ? 'not ready' : 'ready';
    const status = stopping.aborted ? 'draining' : ready;
    reply.code(status === 'ready' ? 200 : 503);
    return { status, redis, partoo: { circuit_breaker: breakerState() } };
  });
}

async function stateOf(pingRedis: HealthOptions['pingRedis']) {
  if (!pingRedis) return 'not configured';
  return (await pingRedis()) ? 'reachable' : 'unreachable';
}
