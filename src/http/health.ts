import type { FastifyInstance } from 'fastify';

export interface HealthOptions {
  /** Whether Redis answers; absent when none is configured. */
  pingRedis?: () => Promise<boolean>;
}

/**
 * /healthz: the process serves. /readyz: what it was configured with is there too. Restart on the first;
 * without Redis calls still go on, so taking a replica out for the second is the operator's choice.
 */
export async function health(app: FastifyInstance, { pingRedis }: HealthOptions): Promise<void> {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    if (!pingRedis) return { status: 'ready', redis: 'not configured' };
    const reachable = await pingRedis();
    reply.code(reachable ? 200 : 503);
    return { status: reachable ? 'ready' : 'not ready', redis: reachable ? 'reachable' : 'unreachable' };
  });
}
