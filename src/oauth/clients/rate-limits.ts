import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpenRedis } from '../../storage/redis/open-redis.ts';

/** How often something may happen: for one address, and for all addresses together. */
interface RateLimit {
  name: string;
  perAddress: number;
  total: number;
  windowMs: number;
}

/** Counts a request; returns the seconds to wait if there were too many. */
export type Consume = (request: FastifyRequest) => Promise<number | undefined>;

interface RateLimitOptions {
  addressOf(request: FastifyRequest): string;
  /** Counts for all replicas. While it is lost nothing is counted: sign-in is unavailable then. */
  redis: OpenRedis | undefined;
}

/** Returns a function that makes rate limits. Call it once for a scope of the app. */
export async function createRateLimits(
  app: FastifyInstance,
  { addressOf, redis }: RateLimitOptions,
): Promise<(limit: RateLimit) => Consume> {
  await app.register(rateLimit, { global: false, nameSpace: 'oauth-limit:', redis: redis?.client });
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
      // An address over its own limit uses up nothing of that of all.
      const rate = own.isAllowed || own.isExceeded ? own : await ofAll(request);
      return !rate.isAllowed && rate.isExceeded ? Math.max(1, rate.ttlInSeconds) : undefined;
    }
    return request => {
      const ask = () => secondsToWait(request);
      return redis ? redis.health.use(ask, async () => undefined) : ask();
    };
  };
}
