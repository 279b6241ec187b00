import { isIP } from 'node:net';
import rateLimit, { normalizeIP, type RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inBackground } from '../../core/background.ts';
import type { Caller } from '../../core/caller.ts';
import { FairShare } from '../../core/fair-share.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The client's address, read when the request arrives: a closed socket has none. */
    callerAddress: string;
  }
}

export interface ThrottleOptions {
  /** Keys rejected by Partoo that one address may try per minute. */
  perMinute: number;
  /** The header in which a proxy sends the client's address. Without it, `TRUST_PROXY` decides. */
  addressHeader?: string;
  keyStatus: {
    /** Whether Partoo accepts the key, as far as this process knows. */
    accepts(keyHash: string): boolean;
    /** Whether Partoo rejected the key within the last minute, as far as this process knows. */
    rejects(keyHash: string): boolean;
    /** Whether Partoo has accepted the key, as far as any replica knows. */
    hasBeenAccepted(keyHash: string): Promise<boolean>;
    /** The look-up of the key that is in progress, if any. */
    lookUpInProgress(keyHash: string): Promise<unknown> | undefined;
  };
  /** Counts for all replicas; without it each replica counts for itself. */
  redis?: {
    client: RateLimitPluginOptions['redis'];
    /** Runs `otherwise` instead while Redis is lost. */
    use<Result>(command: () => Promise<Result>, otherwise: () => Promise<Result>): Promise<Result>;
  };
}

export interface Throttle {
  /** Seconds after which the request may be sent again; undefined if it may go on now. */
  retryAfter(request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<number | undefined>;
}

/**
 * Keys of unknown status that one address may try at once, as a multiple of the rejected keys it may try per minute. Without
 * this bound, all would be tried before the first is rejected. A factor, since many people may share an address: that of a
 * hosted assistant.
 */
const AT_ONCE = 5;
const AT_ONCE_RETRY_SECONDS = 2;
/** The address of clients that had disconnected before their request was read: they share one count. */
const DISCONNECTED = 'disconnected';

/** A key of unknown status that one address is trying. */
interface Trial {
  /** In progress, with this key. */
  requests: number;
  counted: boolean;
  giveBack(): void;
}

/**
 * Slows down addresses that try many keys which Partoo rejects. Each key counts once, however often it comes: a client in a
 * loop costs nothing. Keys that Partoo has accepted are not slowed down by others behind the same address.
 */
export async function limitFailedAuthentication(
  app: FastifyInstance,
  { perMinute, addressHeader, keyStatus, redis }: ThrottleOptions,
): Promise<Throttle> {
  app.decorateRequest('callerAddress', DISCONNECTED);
  app.addHook('onRequest', (request, _reply, done) => {
    const header = addressHeader && request.headers[addressHeader];
    const address: string | undefined = typeof header === 'string' && isIP(header) ? header : request.ip;
    request.callerAddress = address === undefined ? DISCONNECTED : normalizeIP(address);
    done();
  });
  await app.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: ({ callerAddress }) => callerAddress,
    nameSpace: 'bad-keys:',
    ...(redis && { redis: redis.client }),
  });
  const rateOf = app.createRateLimit();
  // Undefined while Redis is lost: that is no reason to refuse or delay anyone.
  const rejectedKeys = (request: FastifyRequest, options: { increment: boolean }) =>
    redis
      ? redis.use<Awaited<ReturnType<typeof rateOf>> | undefined>(
          () => rateOf(request, options),
          async () => undefined,
        )
      : rateOf(request, options);

  const places = new FairShare(Number.POSITIVE_INFINITY, perMinute * AT_ONCE);
  const trials = new Map<string, Trial>();

  /** Follows a request until the status of its key is known. Returns whether there was room for its key. */
  function follow(request: FastifyRequest, { raw }: FastifyReply, keyHash: string): boolean {
    const name = `${request.callerAddress} ${keyHash}`;
    const giveBack = trials.has(name) ? undefined : places.take(request.callerAddress, 1);
    if (giveBack) trials.set(name, { requests: 0, counted: false, giveBack });
    const trial = trials.get(name);
    if (!trial) return false;
    trial.requests++;
    raw.once('close', () => {
      inBackground(request.log, 'the count of a rejected key', async () => {
        // The look-up outlives a client that disconnects.
        await Promise.allSettled([keyStatus.lookUpInProgress(keyHash)]);
        trial.requests--;
        if (trial.requests === 0) {
          trials.delete(name);
          trial.giveBack();
        }
        if (trial.counted || !keyStatus.rejects(keyHash)) return;
        trial.counted = true;
        await count(request);
      });
    });
    return true;
  }

  async function count(request: FastifyRequest): Promise<void> {
    const rate = await rejectedKeys(request, { increment: true });
    // Logged once, with the last key that is allowed.
    if (!rate || rate.isAllowed || rate.isExceeded || rate.remaining > 0) return;
    request.log.warn(
      { address: request.callerAddress, keys: perMinute, seconds: rate.ttlInSeconds },
      'this address tries many bad keys: for now, only keys that Partoo has accepted get through',
    );
  }

  async function secondsToWait(request: FastifyRequest, reply: FastifyReply, keyHash: string) {
    if (!follow(request, reply, keyHash)) return AT_ONCE_RETRY_SECONDS;
    const rate = await rejectedKeys(request, { increment: false });
    if (!rate || rate.isAllowed || rate.remaining > 0) return undefined;
    return Math.max(1, rate.ttlInSeconds);
  }

  return {
    async retryAfter(request, reply, { keyHash }) {
      if (keyStatus.accepts(keyHash) || keyStatus.rejects(keyHash)) return undefined;
      const seconds = await secondsToWait(request, reply, keyHash);
      // Other replicas' knowledge costs a Redis command, so it is asked for only before a refusal.
      return seconds === undefined || (await keyStatus.hasBeenAccepted(keyHash)) ? undefined : seconds;
    },
  };
}
