import { isIP } from 'node:net';
import rateLimit, { normalizeIP, type RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../core/caller.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller's address, read when the request arrived: a socket that has been closed has none. */
    callerAddress: string;
  }
}

export interface BadKeysOptions {
  /** How many bad keys one address may try in a minute. */
  perMinute: number;
  /** The header in which a proxy tells the caller's address; without it `TRUST_PROXY` decides whose it is. */
  addressHeader?: string;
  /** What is known of keys. */
  keyStatus: {
    /** Whether Partoo has accepted one, as far as this process knows. */
    accepts(keyHash: string): boolean;
    /** Whether Partoo has rejected one just now, as far as this process knows. */
    rejects(keyHash: string): boolean;
    /** Whether Partoo has accepted one, as far as any replica knows. */
    hasBeenAccepted(keyHash: string): Promise<boolean>;
  };
  /** Where addresses are counted for all replicas; without it each replica counts for itself. */
  redis?: {
    client: RateLimitPluginOptions['redis'];
    /** Asks Redis, or answers otherwise while it is lost. */
    use<Result>(ask: () => Promise<Result>, otherwise: () => Promise<Result>): Promise<Result>;
  };
}

export interface BadKeys {
  /** Seconds for which a request is refused unread; undefined when it may go on. `reply` tells when it is over. */
  refusedFor(request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<number | undefined>;
  /** Counts a key that Partoo has refused. */
  count(request: FastifyRequest): Promise<void>;
}

/**
 * How many unknown keys of an address may be under way at once, as a multiple of those that may be bad: all would be
 * tried before the first is refused. Many people share the address of a hosted assistant.
 */
const AT_ONCE = 5;
/** Stands for the address of callers that were gone when their request was read: they are counted as one. */
const DISCONNECTED = 'disconnected';
/** By then some of them are known. */
const AT_ONCE_RETRY_SECONDS = 2;

/**
 * Slows an address that tries many bad keys. The same bad key again counts once: that is somebody's loop, and costs
 * nothing. A key that Partoo has accepted is not held up by what others behind the same address do.
 */
export async function watchBadKeys(app: FastifyInstance, options: BadKeysOptions): Promise<BadKeys> {
  const { perMinute, addressHeader, keyStatus, redis } = options;
  const addressOf = ({ headers, ip }: { headers: FastifyRequest['headers']; ip: string | undefined }) => {
    const told = addressHeader && headers[addressHeader];
    const address = typeof told === 'string' && isIP(told) ? told : ip;
    return address === undefined ? DISCONNECTED : normalizeIP(address);
  };
  app.decorateRequest('callerAddress', DISCONNECTED);
  app.addHook('onRequest', (request, _reply, done) => {
    request.callerAddress = addressOf(request);
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
  const tried = app.createRateLimit();
  // A Redis that is lost is no reason to refuse anybody, nor to hold anybody up.
  const ask = <Result>(question: () => Promise<Result>) =>
    redis ? redis.use<Result | undefined>(question, async () => undefined) : question();

  /** By address, the keys under way of which nothing is known yet, and in how many requests each. */
  const unknown = new Map<string, Map<string, number>>();
  function enter(address: string, keyHash: string, { raw }: FastifyReply): boolean {
    const keys = unknown.get(address) ?? new Map<string, number>();
    const underWay = keys.get(keyHash) ?? 0;
    // A connection that is closed already emits no event that would make room again.
    if (raw.closed) return true;
    if (underWay === 0 && keys.size >= perMinute * AT_ONCE) return false;
    unknown.set(address, keys.set(keyHash, underWay + 1));
    raw.once('close', () => {
      const left = (keys.get(keyHash) ?? 1) - 1;
      if (left > 0) keys.set(keyHash, left);
      else keys.delete(keyHash);
      if (keys.size === 0 && unknown.get(address) === keys) unknown.delete(address);
    });
    return true;
  }

  return {
    async refusedFor(request, reply, { keyHash }) {
      if (keyStatus.accepts(keyHash) || keyStatus.rejects(keyHash)) return undefined;
      // What other replicas know is asked for only when the key would be refused without.
      if (!enter(request.callerAddress, keyHash, reply)) {
        return (await keyStatus.hasBeenAccepted(keyHash)) ? undefined : AT_ONCE_RETRY_SECONDS;
      }
      const counted = await ask(() => tried(request, { increment: false }));
      if (!counted || counted.isAllowed || counted.remaining > 0) return undefined;
      return (await keyStatus.hasBeenAccepted(keyHash)) ? undefined : Math.max(1, counted.ttlInSeconds);
    },
    async count(request) {
      const counted = await ask(() => tried(request));
      // Told once, as the last one is used up.
      if (!counted || counted.isAllowed || counted.isExceeded || counted.remaining > 0) return;
      request.log.warn(
        { address: request.callerAddress, keys: perMinute, seconds: counted.ttlInSeconds },
        'this address tries many bad keys: only keys that Partoo has accepted get through for a while',
      );
    },
  };
}
