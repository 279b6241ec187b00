import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { RedisStore } from '../../src/limits/redis-store.ts';
import { clock, limitStores } from '../support/limit-stores.ts';

const LIMITS = { limit: 3, windowMs: 1_000 };
const redisUrl = inject('redisUrl');

describe.each(limitStores())('the $kind store', ({ create, given }) => {
  function open() {
    const store = create(LIMITS);
    const bucket = randomUUID();
    const reserve = (ticket: string = randomUUID(), maxWaitMs = 60_000) =>
      store.reserve(bucket, ticket, maxWaitMs);
    const waits = async (count: number) => {
      const waits: number[] = [];
      for (let i = 0; i < count; i++) {
        const reservation = await reserve();
        waits.push(reservation.granted ? reservation.waitMs : -1);
      }
      return waits;
    };
    return { store, bucket, reserve, waits };
  }

  given('lets the limit through at once and makes the rest wait for a whole window', async () => {
    const { waits } = open();
    expect(await waits(7)).toEqual([0, 0, 0, 1_000, 1_000, 1_000, 2_000]);
  });

  given('counts any window, not windows of the clock: no burst at a boundary', async () => {
    const { waits } = open();
    clock.now += 900;
    expect(await waits(3)).toEqual([0, 0, 0]);
    clock.now += 200;
    expect(await waits(1)).toEqual([800]);
  });

  given('frees slots as they leave the window', async () => {
    const { waits } = open();
    await waits(1);
    clock.now += 600;
    await waits(2);
    clock.now += 400;
    expect(await waits(2)).toEqual([0, 600]);
  });

  given('refuses a wait that does not fit, says how long it is, and charges nothing for it', async () => {
    const { reserve, waits } = open();
    await waits(3);
    expect(await reserve('a', 999)).toEqual({ granted: false, retryAfterMs: 1_000 });
    expect(await reserve('b', 1_000)).toEqual({ granted: true, waitMs: 1_000 });
  });

  given('counts each bucket for itself', async () => {
    const { store, waits } = open();
    await waits(3);
    expect(await store.reserve(randomUUID(), 'a', 0)).toEqual({ granted: true, waitMs: 0 });
  });

  given('takes a slot back', async () => {
    const { store, bucket, reserve } = open();
    await reserve('a');
    await reserve('b');
    await reserve('c');
    await store.release(bucket, 'c');
    expect(await reserve('d', 0)).toEqual({ granted: true, waitMs: 0 });
  });

  given('a pause holds newcomers and moves back those who wait, in their order', async () => {
    const { store, bucket, reserve, waits } = open();
    await waits(3);
    await reserve('first');
    clock.now += 400;
    await waits(1);
    await store.pause(bucket, 5_000);
    expect(await store.waitLeft(bucket, 'first')).toBe(5_000);
    const late = await reserve('late');
    expect(late).toMatchObject({ granted: true });
    expect(late).toHaveProperty('waitMs', 5_000);
    clock.now += 4_000;
    expect(await store.waitLeft(bucket, 'first')).toBe(1_000);
  });

  given('a shorter pause does not end a longer one', async () => {
    const { store, bucket, waits } = open();
    await store.pause(bucket, 5_000);
    await store.pause(bucket, 1_000);
    expect(await waits(1)).toEqual([5_000]);
  });

  given('a ticket nobody knows is told as unknown, not as free to go', async () => {
    const { store, bucket } = open();
    expect(await store.waitLeft(bucket, 'unknown')).toBeUndefined();
  });
});

describe.skipIf(!redisUrl)('Redis', () => {
  let redis: Redis;
  beforeAll(() => {
    redis = new Redis(redisUrl as string);
  });
  afterAll(() => redis.disconnect());

  test('keeps nothing of a quiet caller, and no key but hashes in a hash tag', async () => {
    const bucket = randomUUID();
    const store = new RedisStore(redis, LIMITS);
    await store.reserve(bucket, 'a', 0);
    await store.pause(bucket, 100);
    const keys = await redis.keys(`*${bucket}*`);
    expect(keys.toSorted()).toEqual([
      `partoo-mcp:limit:{${bucket}}:paused`,
      `partoo-mcp:limit:{${bucket}}:slots`,
    ]);
    for (const key of keys) {
      const ttl = await redis.pttl(key);
      expect(ttl).toBeGreaterThan(0);
      expect(ttl).toBeLessThanOrEqual(LIMITS.windowMs);
    }
  });

  test('keeps the slots that a pause has moved until they have left the window', async () => {
    const bucket = randomUUID();
    const store = new RedisStore(redis, LIMITS);
    for (let i = 0; i < 4; i++) await store.reserve(bucket, `t${i}`, 60_000);
    await store.pause(bucket, 20_000);
    expect(await redis.pttl(`partoo-mcp:limit:{${bucket}}:slots`)).toBeGreaterThan(20_000);
  });

  test('two stores on one Redis share one limit', async () => {
    const bucket = randomUUID();
    const [one, other] = [new RedisStore(redis, LIMITS), new RedisStore(redis, LIMITS)];
    const reservations = await Promise.all(
      Array.from({ length: 6 }, (_, i) => (i % 2 ? one : other).reserve(bucket, `t${i}`, 0)),
    );
    expect(reservations.filter(({ granted }) => granted)).toHaveLength(LIMITS.limit);
  });
});
