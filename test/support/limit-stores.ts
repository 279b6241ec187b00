import type { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll, inject, test } from 'vitest';
import type { LimitRules, LimitStore } from '../../src/rate-limit/limit-store.ts';
import { MemoryStore } from '../../src/rate-limit/memory-store.ts';
import { RedisStore } from '../../src/rate-limit/redis-store.ts';
import { connectRedis, whenReady } from '../../src/storage/redis/connection.ts';

export interface TestedStore {
  kind: 'memory' | 'Redis' | 'Redis Cluster';
  create(rules: LimitRules): LimitStore;
  /** `test`, skipped if this Redis could not be started; the global set-up has reported that. */
  given: typeof test | ReturnType<typeof test.skipIf>;
}

/** The clock of all stores. */
export const clock = { now: Date.now() };

/** Returns every store, for tests of their common contract. */
export function limitStores(): TestedStore[] {
  const now = () => clock.now;
  const redis = connection(inject('redisUrl'));
  const cluster = connection(inject('redisClusterUrl'));
  return [
    { kind: 'memory', create: rules => new MemoryStore(rules, now), given: test.skipIf(false) },
    { kind: 'Redis', create: rules => new RedisStore(redis.get(), rules, { now }), given: redis.given },
    {
      kind: 'Redis Cluster',
      create: rules => new RedisStore(cluster.get(), rules, { now }),
      given: cluster.given,
    },
  ];
}

/** Opens a connection for the tests of the calling file; `given` skips them without a URL. */
export function connection(url: string | undefined) {
  let redis: Redis | Cluster | undefined;
  beforeAll(async () => {
    if (url === undefined) return;
    redis = connectRedis(url, 'test:');
    await whenReady(redis, 5_000);
  });
  afterAll(() => redis?.disconnect());
  return {
    get(): Redis | Cluster {
      if (!redis) throw new Error('there is no Redis here');
      return redis;
    },
    given: test.skipIf(url === undefined),
  };
}
