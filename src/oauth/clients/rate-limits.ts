import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpenRedis } from '../../storage/redis/open-redis.ts';

/** How often something may happen. */
interface RateLimit {
  name: string;
  max: number;
  windowMs: number;
}

/** How often it may happen for one address, and for all addresses together. */
interface SharedRateLimit extends Omit<RateLimit, 'max'> {
  perAddress: number;
  total: number;
}

/** A limit that a request exceeds. */
interface Excess {
  /** Until it may be made again. */
  seconds: number;
  /** The origin of too many requests. */
  of: 'this address' | 'this network' | 'all addresses';
}

/** Counts a request; tells whether there were too many. */
export type Consume = (request: FastifyRequest) => Promise<Excess | undefined>;

/** Counts a request by a key; returns the seconds to wait if there were too many. */
export type ConsumeByKey = (request: FastifyRequest, key: string) => Promise<number | undefined>;

interface RateLimitOptions {
  addressOf(request: FastifyRequest): string;
  /** Counts for all replicas. While it is lost nothing is counted: sign-in is unavailable then. */
  redis: OpenRedis | undefined;
}

/** Of IPv6: providers give one customer as much, which has 65,536 addresses of the kind that is counted as one. */
const NETWORK_BITS = 48;
const ADDRESSES_OF_A_NETWORK = 4;

/** Returns functions that make rate limits. Call it once for a scope of the app. */
export async function createRateLimits(
  app: FastifyInstance,
  { addressOf, redis }: RateLimitOptions,
): Promise<{ byAddress(limit: SharedRateLimit): Consume; byKey(limit: RateLimit): ConsumeByKey }> {
  await app.register(rateLimit, { global: false, nameSpace: 'oauth-limit:', redis: redis?.client });

  function byKey({ name, max, windowMs }: RateLimit): ConsumeByKey {
    const keys = new WeakMap<FastifyRequest, string>();
    const count = app.createRateLimit({
      max,
      timeWindow: windowMs,
      keyGenerator: request => `${name}:${keys.get(request)}`,
    });
    return async (request, key) => {
      const ask = () => {
        keys.set(request, key);
        return count(request);
      };
      const rate = await (redis ? redis.health.use(ask, async () => undefined) : ask());
      return rate && !rate.isAllowed && rate.isExceeded ? Math.max(1, rate.ttlInSeconds) : undefined;
    };
  }

  function byAddress({ perAddress, total, ...limit }: SharedRateLimit): Consume {
    const ofAddress = byKey({ ...limit, max: perAddress });
    const ofNetwork = byKey({ ...limit, max: perAddress * ADDRESSES_OF_A_NETWORK });
    const ofAll = byKey({ ...limit, max: total });
    return async request => {
      const address = addressOf(request);
      const network = normalizeIP(address, NETWORK_BITS);
      // A request that exceeds one limit uses up nothing of the next.
      const own = await ofAddress(request, address);
      if (own) return { seconds: own, of: 'this address' };
      const shared = address.includes(':') ? await ofNetwork(request, `network ${network}`) : undefined;
      if (shared) return { seconds: shared, of: 'this network' };
      const seconds = await ofAll(request, 'all');
      return seconds ? { seconds, of: 'all addresses' } : undefined;
    };
  }

  return { byAddress, byKey };
}
