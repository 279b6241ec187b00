import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpenRedis } from '../../storage/redis/open-redis.ts';

/** How often something may happen: for one address, and for all addresses together. */
interface Budget {
  name: string;
  perAddress: number;
  total: number;
  windowMs: number;
}

/** Counts a request; returns the seconds to wait if its budget is used up. */
export type Spend = (request: FastifyRequest) => Promise<number | undefined>;

interface BudgetOptions {
  addressOf(request: FastifyRequest): string;
  /** Counts for all replicas. While it is lost nothing is counted: sign-in is unavailable then. */
  redis: OpenRedis | undefined;
}

/** Returns a function that makes budgets. Call it once for a scope of the app. */
export async function createBudgets(
  app: FastifyInstance,
  { addressOf, redis }: BudgetOptions,
): Promise<(budget: Budget) => Spend> {
  await app.register(rateLimit, { global: false, nameSpace: 'oauth-budget:', redis: redis?.client });
  return ({ name, perAddress, total, windowMs }) => {
    const countOf = (max: number, keyOf: (request: FastifyRequest) => string) =>
      app.createRateLimit({
        max,
        timeWindow: windowMs,
        keyGenerator: request => `${name}:${keyOf(request)}`,
      });
    const ofAddress = countOf(perAddress, addressOf);
    const ofAll = countOf(total, () => 'all');

    async function secondsToWait(request: FastifyRequest): Promise<number | undefined> {
      const own = await ofAddress(request);
      // One address over its own budget uses up nobody else's.
      const rate = own.isAllowed || own.isExceeded ? own : await ofAll(request);
      return !rate.isAllowed && rate.isExceeded ? Math.max(1, rate.ttlInSeconds) : undefined;
    }
    return request => {
      const ask = () => secondsToWait(request);
      return redis ? redis.health.use(ask, async () => undefined) : ask();
    };
  };
}
