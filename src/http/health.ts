import type { FastifyInstance } from 'fastify';

export interface HealthOptions {
  /** Whether Redis answers; absent when none is configured. */
  pingRedis?: () => Promise<boolean>;
  /** Whether Partoo is being called: closed is the normal state of a circuit breaker. */
  breakerState(): string;
}

/**
 * /healthz: the process serves. /readyz: what it was configured with is there too. Restart on the first;
 * without Redis calls still go on, so taking a replica out for the second is the operator's choice. An open circuit
 * breaker makes no replica unready: Partoo's trouble is the same for all of them.
 */
export async function health(
  app: FastifyInstance,
  { pingRedis, breakerState }: HealthOptions,
): Promise<void> {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const partoo = { circuit_breaker: breakerState() };
    if (!pingRedis) return { status: 'ready', redis: 'not configured', partoo };
    const reachable = await pingRedis();
    reply.code(reachable ? 200 : 503);
    return {
      status: reachable ? 'ready' : 'not ready',
      redis: reachable ? 'reachable' : 'unreachable',
      partoo,
    };
  });
}
