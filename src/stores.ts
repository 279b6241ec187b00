import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { IdempotencyStore } from './idempotency/idempotency-store.ts';
import { WritePause } from './idempotency/write-pause.ts';
import type { SignInRecords } from './oauth/store/sign-in-store.ts';
import { FailoverStore } from './rate-limit/failover-store.ts';
import type { LimitRules, LimitStore } from './rate-limit/limit-store.ts';
import { MemoryStore } from './rate-limit/memory-store.ts';
import { RedisStore } from './rate-limit/redis-store.ts';
import { FailoverRecords } from './storage/records/failover-records.ts';
import { MemoryRecords } from './storage/records/memory-records.ts';
import type { Records } from './storage/records/records.ts';
import { RedisRecords } from './storage/records/redis-records.ts';
import { requiredRecords } from './storage/records/required-records.ts';
import type { OpenRedis } from './storage/redis/open-redis.ts';

const WINDOW_MS = 60_000;
const DELIVERY_ALLOWANCE_MS = 2_000;
/** For each kind of record of sign-in that is kept in memory. */
const SIGN_IN_CHARACTERS = 32_000_000;

/** Where this process keeps what outlives a call. */
interface Stores {
  limits: LimitStore;
  /** Where limits are kept now; `fallback` is memory while Redis is lost. */
  limitsIn(): 'redis' | 'memory' | 'fallback';
  /** Undefined when WRITE_MEMORY_SECONDS is 0. */
  writes: IdempotencyStore | undefined;
  /** What is known of keys. Apart from the writes, which made-up keys must not push out of memory. */
  keyRecords: Records;
  /** Where sign-in keeps its records. With Redis, only there: another replica may go on with a sign-in. */
  signInRecords(): SignInRecords;
  redis?: OpenRedis;
  open(): Promise<void>;
  close(): void;
}

/** Redis with memory to fall back on, or memory alone. */
export async function createStores(config: Config, log: Logger): Promise<Stores> {
  const replicas = config.REPLICAS_HINT;
  const rules: LimitRules = {
    limit: config.RATE_LIMIT_PER_MINUTE,
    keyLimit: config.KEY_RATE_LIMIT_PER_MINUTE,
    windowMs: WINDOW_MS,
    deliveryAllowanceMs: DELIVERY_ALLOWANCE_MS,
    maxWaiting: config.MAX_WAITING_PER_KEY,
  };
  const ownRules = shareOf(rules, replicas);
  const memory = new MemoryStore(ownRules);
  if (config.REDIS_URL === undefined) {
    return {
      limits: memory,
      limitsIn: () => 'memory',
      writes: idempotencyStore(config, new MemoryRecords()),
      keyRecords: new MemoryRecords(),
      signInRecords: () => ({
        clients: new MemoryRecords(SIGN_IN_CHARACTERS),
        usedClients: new MemoryRecords(SIGN_IN_CHARACTERS),
        requests: new MemoryRecords(SIGN_IN_CHARACTERS),
        assertions: new MemoryRecords(SIGN_IN_CHARACTERS),
        grants: new MemoryRecords(SIGN_IN_CHARACTERS),
      }),
      open: async () => {},
      close() {},
    };
  }

  // Loaded only where it is used: ioredis costs memory and time.
  const { openRedis } = await import('./storage/redis/open-redis.ts');
  const { announcementFor, subscribeToUsage } = await import('./rate-limit/usage-announcements.ts');
  const keyPrefix = `partoo-mcp:${config.environment}:`;
  const redis = openRedis({ url: config.REDIS_URL, keyPrefix, log, perMinute: ownRules.limit, replicas });
  const { client, health } = redis;
  // A single replica knows all writes by itself.
  const writePause = replicas > 1 ? new WritePause(client, health, config.TOOL_DEADLINE_MS) : undefined;
  const channel = `${keyPrefix}use`;
  const announcement = replicas > 1 ? announcementFor(channel, rules, replicas) : undefined;
  const limits = new FailoverStore(new RedisStore(client, rules, { announcement }), memory, health, {
    deliveryAllowanceMs: DELIVERY_ALLOWANCE_MS,
    replicas,
  });
  const announcements =
    announcement &&
    subscribeToUsage(config.REDIS_URL, channel, (bucket, left) => limits.onUsage(bucket, left), log);
  const close = () => {
    announcements?.close();
    redis.close();
  };
  const redisRecords = new RedisRecords(client);
  const records = () => new FailoverRecords(redisRecords, new MemoryRecords(), health);
  return {
    limits,
    limitsIn: () => (health.lost ? 'fallback' : 'redis'),
    writes: idempotencyStore(config, records(), writePause),
    keyRecords: records(),
    signInRecords() {
      const required = requiredRecords(redisRecords, health);
      return {
        clients: required,
        usedClients: required,
        requests: required,
        assertions: required,
        grants: required,
      };
    },
    redis,
    async open() {
      await redis.start().catch(error => {
        close();
        throw error;
      });
      await writePause?.open();
    },
    close,
  };
}

/** The limits of one replica while replicas cannot count together. */
function shareOf(rules: LimitRules, replicas: number): LimitRules {
  const share = (limit: number) => Math.max(1, Math.floor(limit / replicas));
  return { ...rules, limit: share(rules.limit), keyLimit: share(rules.keyLimit) };
}

function idempotencyStore(
  config: Config,
  records: Records,
  pause?: WritePause,
): IdempotencyStore | undefined {
  const rememberMs = config.WRITE_MEMORY_SECONDS * 1_000;
  if (rememberMs === 0) return undefined;
  return new IdempotencyStore(records, { rememberMs, deadlineMs: config.TOOL_DEADLINE_MS, pause });
}
