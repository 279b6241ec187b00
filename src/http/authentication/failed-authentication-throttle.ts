import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.ts';
import { inBackground } from '../../core/background.ts';
import type { KeyRegistry } from '../../partoo/keys/key-registry.ts';
import type { OpenRedis } from '../../storage/redis/open-redis.ts';

export interface ThrottleOptions {
  config: Config;
  keys: KeyRegistry;
  /** Counts for all replicas. Without it each replica counts for itself. */
  redis?: OpenRedis;
}

/**
 * Keys of unknown status that one address may try at once, as a multiple of the rejected keys it may try per minute. Without
 * this bound, all would be tried before the first is rejected. A factor, since many people may share an address: that of a
 * hosted assistant.
 */
const AT_ONCE = 5;
const AT_ONCE_RETRY_SECONDS = 2;

/** A key of unknown status that one address is trying. */
interface Trial {
  /** In progress, with this key. */
  requests: number;
  counted: boolean;
}

/**
 * Slows down addresses that try many keys which Partoo rejects. Each key counts once, however often it comes: a client in a
 * loop costs nothing. Keys that Partoo has accepted are not slowed down by others behind the same address.
 */
export async function limitFailedAuthentication(
  app: FastifyInstance,
  { config, keys, redis }: ThrottleOptions,
) {
  const { BAD_KEYS_PER_MINUTE } = config;
  await app.register(rateLimit, {
    global: false,
    max: BAD_KEYS_PER_MINUTE,
    timeWindow: 60_000,
    keyGenerator: ({ callerAddress }) => callerAddress,
    nameSpace: 'bad-keys:',
    redis: redis?.client,
  });
  const rateOf = app.createRateLimit();
  /** Returns the address's rate if that is limited; undefined while Redis is lost, which is no reason to refuse anyone. */
  async function limitedRate(request: FastifyRequest, increment: boolean) {
    const ask = () => rateOf(request, { increment });
    const rate = await (redis ? redis.health.use(ask, async () => undefined) : ask());
    return rate?.isAllowed ? undefined : rate;
  }

  /** By address and key hash. */
  const trials = new Map<string, Map<string, Trial>>();

  /** Follows a request until Partoo has accepted or rejected its key. Returns false if its address is trying too many keys at once. */
  function follow(request: FastifyRequest, reply: FastifyReply, keyHash: string): boolean {
    const { callerAddress } = request;
    const ofAddress = trials.get(callerAddress) ?? new Map<string, Trial>();
    const trial = ofAddress.get(keyHash) ?? { requests: 0, counted: false };
    if (trial.requests === 0 && ofAddress.size >= BAD_KEYS_PER_MINUTE * AT_ONCE) return false;
    trials.set(callerAddress, ofAddress.set(keyHash, trial));
    trial.requests++;
    reply.raw.once('close', () => {
      inBackground(request.log, 'the count of a rejected key', async () => {
        // The look-up outlives a client that disconnects. The key may be accepted before its organization is known.
        if (!keys.accepts(keyHash)) await Promise.allSettled([keys.lookUpInProgress(keyHash)]);
        trial.requests--;
        if (trial.requests === 0) ofAddress.delete(keyHash);
        if (ofAddress.size === 0) trials.delete(callerAddress);
        if (trial.counted || !keys.rejects(keyHash)) return;
        trial.counted = true;
        await count(request);
      });
    });
    return true;
  }

  async function count(request: FastifyRequest): Promise<void> {
    const rate = await limitedRate(request, true);
    // Logged once, with the last key that is allowed.
    if (!rate || rate.isExceeded || rate.remaining > 0) return;
    request.log.warn(
      { address: request.callerAddress, keys: BAD_KEYS_PER_MINUTE, seconds: rate.ttlInSeconds },
      'this address tries many bad keys: for now, only keys that Partoo has accepted get through',
    );
  }

  async function secondsToWait(request: FastifyRequest, reply: FastifyReply, keyHash: string) {
    if (!follow(request, reply, keyHash)) return AT_ONCE_RETRY_SECONDS;
    const rate = await limitedRate(request, false);
    return rate && rate.remaining <= 0 ? Math.max(1, rate.ttlInSeconds) : undefined;
  }

  return {
    /** Returns the seconds after which the request may be sent again; undefined if it may go on now. */
    async retryAfter(request: FastifyRequest, reply: FastifyReply, keyHash: string) {
      if (keys.accepts(keyHash) || keys.rejects(keyHash)) return undefined;
      const seconds = await secondsToWait(request, reply, keyHash);
      // Other replicas' knowledge costs a Redis command, so it is asked for only before a refusal.
      return seconds === undefined || (await keys.hasBeenAccepted(keyHash)) ? undefined : seconds;
    },
  };
}
