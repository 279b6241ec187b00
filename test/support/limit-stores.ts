import { Redis } from 'ioredis';
import { afterAll, beforeAll, inject, test } from 'vitest';
import { MemoryStore } from '../../src/limits/memory-store.ts';
import { RedisStore } from '../../src/limits/redis-store.ts';
import type { LimitOptions, LimitStore } from '../../src/limits/store.ts';

export interface TestedStore {
  kind: 'memory' | 'Redis';
  create(limits: LimitOptions): LimitStore;
  /** `test`, but skipped where there is no Redis (the set-up has said so loudly). */
  given: typeof test | ReturnType<typeof test.skipIf>;
}

/** The time both stores go by. */
export const clock = { now: Date.now() };

/** Both stores, for tests that hold for either. To be called in a test file. */
export function limitStores(): TestedStore[] {
  const redisUrl = inject('redisUrl');
  let redis: Redis;
  beforeAll(() => {
    if (redisUrl) redis = new Redis(redisUrl);
  });
  afterAll(() => redis?.disconnect());
  const now = () => clock.now;
  return [
    { kind: 'memory', create: limits => new MemoryStore(limits, now), given: test.skipIf(false) },
    {
      kind: 'Redis',
      create: limits => new RedisStore(redis, limits, now),
      given: test.skipIf(!redisUrl),
    },
  ];
}
