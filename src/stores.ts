import type { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { inBackground } from './core/background.ts';
import { SharedWrites } from './idempotency/shared-writes.ts';
import { FailoverStore } from './rate-limit/failover-store.ts';
import type { LimitRules, LimitStore } from './rate-limit/limit-store.ts';
import { MemoryStore } from './rate-limit/memory-store.ts';
import { RedisStore } from './rate-limit/redis-store.ts';
import { FailoverRecords } from './storage/records/failover-records.ts';
import { MemoryRecords } from './storage/records/memory-records.ts';
import type { Records } from './storage/records/records.ts';
import { RedisRecords } from './storage/records/redis-records.ts';
import { RedisHealthMonitor } from './storage/redis/health-monitor.ts';
import { RedisReport } from './storage/redis/redis-report.ts';
import { startWithRedis } from './storage/redis/redis-start.ts';

const WINDOW_MS = 60_000;
/** The longest a request is thought to take from here to where Partoo counts it. */
const TRAVEL_MS = 2_000;
/** How long a start waits for Redis before it counts in memory. */
const REDIS_START_MS = 3_000;

/** Where this process keeps what outlives a call, and how far it can be relied on. */
export interface Stores {
  limits: LimitStore;
  records: Records;
  /** What is known of keys: apart, since made-up keys must not push out of memory what was written. */
  keyRecords: Records;
  /** The connection, where there is one, for commands of others. */
  redis?: { client: Redis | Cluster; use: RedisHealthMonitor['use'] };
  /** Where limits are kept just now; `fallback` is memory while Redis is lost. */
  limitsIn(): 'redis' | 'memory' | 'fallback';
  /** See IdempotencyStoreOptions; where several replicas write. */
  writesClosedMs?(): number;
  open(): Promise<void>;
  close(): void;
}

/** Redis with memory to fall back on, or memory alone. */
export async function createStores(config: Config, log: Logger): Promise<Stores> {
  const rules: LimitRules = {
    limit: config.RATE_LIMIT_PER_MINUTE,
    keyLimit: config.KEY_RATE_LIMIT_PER_MINUTE,
    windowMs: WINDOW_MS,
    travelMs: TRAVEL_MS,
    maxWaiting: config.MAX_WAITING_PER_KEY,
  };
  const ownRules = shareOf(rules, config.REPLICAS_HINT);
  const memory = new MemoryStore(ownRules);
  const memoryRecords = new MemoryRecords();
  if (config.REDIS_URL === undefined) {
    return {
      limits: memory,
      records: memoryRecords,
      keyRecords: new MemoryRecords(),
      limitsIn: () => 'memory',
      open: async () => {},
      close() {},
    };
  }

  const { connectRedis, probeRedis } = await import('./storage/redis/connection.ts');
  const { announcementFor, hearAnnouncements } = await import('./rate-limit/announced-use.ts');
  const keyPrefix = `partoo-mcp:${config.environment}:`;
  const replicas = config.REPLICAS_HINT;
  const report = new RedisReport({ url: config.REDIS_URL, log, perMinute: ownRules.limit, replicas });
  const redis = connectRedis(config.REDIS_URL, keyPrefix, error => report.connectionFailed(error));
  const probe = () => probeRedis(redis);
  const health = new RedisHealthMonitor({
    probe,
    onLost: error => report.lost(error),
    onStillLost: error => report.stillLost(error),
    onBack: () => report.back(),
    log,
  });
  // A node that ends a connection may come back without what it knew. (A cluster tells of each of its nodes.)
  for (const event of ['close', '-node']) {
    redis.on(event, () => health.fail(new Error('the connection to Redis ended')));
  }
  redis.on('ready', () => {
    report.connected();
    inBackground(log, 'the look at the eviction policy of Redis', () => report.eviction(redis));
  });
  // A single replica knows its writes by itself.
  const sharedWrites = replicas > 1 ? new SharedWrites(redis, health, config.TOOL_DEADLINE_MS) : undefined;
  const channel = `${keyPrefix}use`;
  const announcement = replicas > 1 ? announcementFor(channel, rules, replicas) : undefined;
  const limits = new FailoverStore(new RedisStore(redis, rules, { announcement }), memory, health, {
    travelMs: TRAVEL_MS,
    replicas,
  });
  const announcements =
    announcement &&
    hearAnnouncements(config.REDIS_URL, channel, (bucket, left) => limits.hear(bucket, left), log);
  const close = () => {
    health.close();
    announcements?.close();
    redis.disconnect();
  };
  const redisRecords = new RedisRecords(redis);
  return {
    limits,
    records: new FailoverRecords(redisRecords, memoryRecords, health),
    keyRecords: new FailoverRecords(redisRecords, new MemoryRecords(), health),
    redis: { client: redis, use: (ask, otherwise) => health.use(ask, otherwise) },
    limitsIn: () => (health.lost ? 'fallback' : 'redis'),
    ...(sharedWrites && { writesClosedMs: () => sharedWrites.closedMs }),
    async open() {
      await startWithRedis({
        redis,
        report,
        waitMs: REDIS_START_MS,
        probe,
        onLost: error => health.fail(error),
        log,
      }).catch(error => {
        close();
        throw error;
      });
      await sharedWrites?.open();
    },
    close,
  };
}

/** What one of so many replicas may use when they cannot count together. */
function shareOf(rules: LimitRules, replicas: number): LimitRules {
  const share = (limit: number) => Math.max(1, Math.floor(limit / replicas));
  return { ...rules, limit: share(rules.limit), keyLimit: share(rules.keyLimit) };
}
