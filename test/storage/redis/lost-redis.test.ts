import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { describe, expect, inject, test } from 'vitest';
import { FailoverStore } from '../../../src/rate-limit/failover-store.ts';
import { Limiter } from '../../../src/rate-limit/limiter.ts';
import { MemoryStore } from '../../../src/rate-limit/memory-store.ts';
import { RedisStore } from '../../../src/rate-limit/redis-store.ts';
import { FailoverRecords } from '../../../src/storage/records/failover-records.ts';
import { MemoryRecords } from '../../../src/storage/records/memory-records.ts';
import { TRIMMED } from '../../../src/storage/records/records.ts';
import { RedisRecords } from '../../../src/storage/records/redis-records.ts';
import { connectRedis, whenReady } from '../../../src/storage/redis/connection.ts';
import { RedisHealthMonitor } from '../../../src/storage/redis/health-monitor.ts';
import { startRedis } from '../../support/redis-process.ts';
import { tcpProxy } from '../../support/tcp-proxy.ts';

const redisUrl = inject('redisUrl');
/** Shorter than the server's, to save time. */
const COMMAND_TIMEOUT_MS = 500;
const RULES = { limit: 6, keyLimit: 6, windowMs: 60_000, deliveryAllowanceMs: 0, maxWaiting: 100 };
/** The share of one of three replicas. */
const OWN_RULES = { ...RULES, limit: 2, keyLimit: 2 };

describe.skipIf(!redisUrl)('when Redis is lost', () => {
  async function open({ url = redisUrl as string } = {}) {
    const { hostname, port } = new URL(url);
    const proxy = await tcpProxy(hostname, Number(port));
    const redis = connectRedis(`redis://127.0.0.1:${proxy.port}`, 'test:');
    await whenReady(redis, 5_000);
    const said: string[] = [];
    const health = new RedisHealthMonitor({
      probe: () => redis.set(`probe:${randomUUID()}`, '1', 'PX', 100),
      onLost: () => said.push('lost'),
      onBack: () => said.push('back'),
      log: { error: (_fields, message) => said.push(message) },
      commandTimeoutMs: COMMAND_TIMEOUT_MS,
      probeEveryMs: 100,
    });
    const memory = new MemoryStore(OWN_RULES);
    const store = new FailoverStore(new RedisStore(redis, RULES), memory, health, {
      deliveryAllowanceMs: 0,
      replicas: 3,
    });
    const records = new FailoverRecords(new RedisRecords(redis), new MemoryRecords(), health);
    const bucket = randomUUID();
    return {
      proxy,
      health,
      store,
      records,
      said,
      bucket,
      reserve: (maxWaitMs = 0) => store.reserve(bucket, 'a', maxWaitMs),
      back: () => expect.poll(() => said, { timeout: 5_000 }).toEqual(['lost', 'back']),
      async close() {
        health.close();
        redis.disconnect();
        await proxy.close();
      },
    };
  }

  test.each(['cut', 'hang'] as const)(
    '(%s) calls continue within this replica’s share, and count in Redis again when it is back',
    async how => {
      const { proxy, reserve, said, back, close } = await open();
      expect(await reserve()).toMatchObject({ granted: true });
      proxy[how]();
      const started = performance.now();
      expect(await reserve(), 'the second of a share of two').toMatchObject({ granted: true, remaining: 0 });
      expect(await reserve()).toMatchObject({ granted: false });
      expect(performance.now() - started, 'no call hangs').toBeLessThan(2 * COMMAND_TIMEOUT_MS);
      expect(said).toEqual(['lost']);

      proxy.restore();
      await back();
      // The resync has counted what was granted meanwhile.
      expect(await reserve()).toMatchObject({ granted: true, remaining: 3 });
      await close();
    },
  );

  /** Another replica, with its own connection. */
  async function another() {
    const redis = connectRedis(redisUrl as string, 'test:');
    await whenReady(redis, 5_000);
    return { other: new RedisStore(redis, RULES), leave: () => redis.disconnect() };
  }

  test('an argument that Redis cannot take is a fault of the call: Redis stays in use', async () => {
    const { records, health, close } = await open();
    await expect(records.set('record', 'value', 1e19)).rejects.toThrow();
    await expect(records.setIfAbsent('record', 'value', 1e19)).rejects.toThrow();
    expect(health.lost).toBe(false);
    await close();
  });

  test('this replica takes its share of what others have left of the minute', async () => {
    const { proxy, store, bucket, close } = await open();
    const { other, leave } = await another();
    for (let i = 0; i < 4; i++) await other.reserve(bucket, 'b', 0);
    expect(await store.reserve(bucket, 'a', 0)).toMatchObject({ granted: true, bucketLeft: 1 });
    proxy.cut();
    expect(await store.reserve(bucket, 'a', 0), 'a third of one').toMatchObject({ granted: false });
    expect(await store.reserve(randomUUID(), 'a', 0), 'another organization').toMatchObject({
      granted: true,
    });
    leave();
    await close();
  });

  test('what a refusal reveals about other replicas counts too', async () => {
    const { proxy, store, bucket, close } = await open();
    const { other, leave } = await another();
    for (let i = 0; i < 6; i++) await other.reserve(bucket, 'b', 0);
    expect(await store.reserve(bucket, 'a', 0)).toMatchObject({ granted: false });
    proxy.cut();
    expect(await store.reserve(bucket, 'a', 0)).toMatchObject({ granted: false });
    leave();
    await close();
  });

  test('the resync leaves out what other replicas used: they resync it themselves', async () => {
    const { proxy, store, bucket, back, close } = await open();
    const { other, leave } = await another();
    for (let i = 0; i < 3; i++) await other.reserve(bucket, 'b', 0);
    await store.reserve(bucket, 'a', 0);
    proxy.cut();
    await store.reserve(bucket, 'a', 0);
    proxy.restore();
    await back();
    expect(await store.reserve(bucket, 'a', 0)).toMatchObject({ granted: true, bucketLeft: 1 });
    leave();
    await close();
  });

  test('after the first failure no call waits for Redis', async () => {
    const { proxy, reserve, close } = await open();
    proxy.hang();
    await reserve();
    const started = performance.now();
    for (let i = 0; i < 20; i++) await reserve();
    expect(performance.now() - started).toBeLessThan(100);
    await close();
  });

  test('a Redis that comes back empty learns what this replica has used', async () => {
    const { proxy, reserve, bucket, back, close } = await open();
    for (let i = 0; i < 4; i++) await reserve();
    proxy.cut();
    await reserve();
    const direct = new Redis(redisUrl as string);
    await direct.del(`test:limit:{${bucket}}:slots`);
    proxy.restore();
    await back();
    expect(await reserve()).toMatchObject({ granted: true, remaining: 1 });
    direct.disconnect();
    await close();
  });

  // Its own server: a full one would fail other tests.
  test.skipIf(!inject('redisClusterUrl'))('a full Redis counts as lost, though it answers', async () => {
    const full = await startRedis();
    const direct = new Redis(full.url);
    const { records, reserve, said, back, close } = await open({ url: full.url });
    await reserve();
    await direct.config('SET', 'maxmemory', '1');
    await direct.config('SET', 'maxmemory-policy', 'noeviction');
    try {
      await records.set(randomUUID(), 'x', 60_000);
      expect(await reserve()).toMatchObject({ granted: true, remaining: 0 });
      expect(await reserve()).toMatchObject({ granted: false });
      expect(said).toEqual(['lost']);
    } finally {
      await direct.config('SET', 'maxmemory', '0');
    }
    await back();
    direct.disconnect();
    await close();
    await full.stop();
  });

  test('a fault of this server during a command is thrown, and Redis is not lost', async () => {
    const { health, records, reserve, said, close } = await open();
    const otherwise = async () => 'memory';
    const fault = new TypeError('a fault of ours');
    await expect(health.use(() => Promise.reject(fault), otherwise)).rejects.toBe(fault);
    const afterAnAnswer = async () => {
      await records.get('x');
      throw new Error('another');
    };
    await expect(health.use(afterAnAnswer, otherwise)).rejects.toThrow('another');
    expect(said).toEqual([]);
    expect(await reserve(), 'the limits of all replicas').toMatchObject({ granted: true, remaining: 5 });
    await close();
  });

  test.each(['cut', 'hang'] as const)(
    '(%s) every error of the connection counts as Redis’ own',
    async how => {
      const { proxy, health, records, said, close } = await open();
      proxy[how]();
      expect(
        await health.use(
          () => records.get('x'),
          async () => 'memory',
        ),
      ).toBeUndefined();
      expect(said).toEqual(['lost']);
      await close();
    },
  );

  test('a pause that Partoo asked for still holds', async () => {
    const { proxy, store, reserve, bucket, close } = await open();
    await store.pause(bucket, 30_000);
    proxy.cut();
    expect(await reserve(1_000)).toMatchObject({ granted: false, pausedMs: expect.closeTo(30_000, -4) });
    await close();
  });

  test('a pause learned meanwhile holds in Redis once it is back', async () => {
    const { proxy, store, reserve, bucket, back, close } = await open();
    proxy.cut();
    await store.pause(bucket, 30_000);
    proxy.restore();
    await back();
    expect(await reserve(1_000)).toMatchObject({ granted: false });
    await close();
  });

  test('waiting calls do not go before their time', async () => {
    const { proxy, store, bucket, close } = await open();
    const limiter = new Limiter(store);
    await limiter.pause(bucket, 1_500);
    const started = performance.now();
    const waiting = limiter.acquire([bucket], 'a', {
      maxWaitMs: 5_000,
      signal: new AbortController().signal,
    });
    proxy.cut();
    expect(await waiting).toMatchObject({ granted: true });
    expect(performance.now() - started).toBeGreaterThan(1_400);
    await close();
  });

  test('a record only begun without Redis leaves another replica’s record in place', async () => {
    const { proxy, records, back, close } = await open();
    const [ended, deleted, begun] = [randomUUID(), randomUUID(), randomUUID()];
    const direct = new Redis(redisUrl as string, { keyPrefix: 'test:' });
    const other = new RedisRecords(direct);
    proxy.cut();
    for (const name of [ended, deleted, begun]) {
      expect(await records.setIfAbsent(name, 'begun here', 60_000)).toBeUndefined();
      expect(await other.setIfAbsent(name, 'begun there', 60_000)).toBeUndefined();
    }
    await records.set(ended, 'ended here', 60_000);
    await records.delete(deleted, 'begun here');
    proxy.restore();
    await back();
    expect(await direct.mget(ended, deleted, begun)).toEqual(['ended here', 'begun there', 'begun there']);
    await records.delete(begun, 'begun here');
    expect(await direct.get(begun)).toBe('begun there');
    direct.disconnect();
    await close();
  });

  test('a record begun with Redis and deleted without it is deleted in Redis', async () => {
    const { proxy, records, back, close } = await open();
    const [name, again] = [randomUUID(), randomUUID()];
    const direct = new Redis(redisUrl as string, { keyPrefix: 'test:' });
    for (const one of [name, again]) await records.setIfAbsent(one, 'first', 60_000);
    proxy.cut();
    for (const one of [name, again]) await records.delete(one, 'first');
    expect(await records.setIfAbsent(again, 'second', 60_000)).toBeUndefined();
    proxy.restore();
    await back();
    expect(await direct.mget(name, again)).toEqual([null, 'second']);
    direct.disconnect();
    await close();
  });

  test.each([
    { redis: 'has lines of another replica', isEmpty: false, isMissed: true },
    { redis: 'has come back empty and received lines of another replica', isEmpty: true, isMissed: false },
  ])('a journal is marked as trimmed when Redis $redis', async ({ isEmpty, isMissed }) => {
    const { proxy, records, back, close } = await open();
    const name = randomUUID();
    const direct = new Redis(redisUrl as string, { keyPrefix: 'test:' });
    const other = new RedisRecords(direct);
    await records.append(name, 'before', 60_000);
    proxy.cut();
    if (isMissed) await records.append(name, 'meanwhile', 60_000);
    expect(await records.get(randomUUID())).toBeUndefined();
    expect(await records.get(name)).toBe(TRIMMED);
    if (isEmpty) await direct.del(name);
    await other.append(name, 'there', 60_000);
    proxy.restore();
    await back();
    await records.append(name, 'after', 60_000);
    expect(await records.get(name)).toBe(`${TRIMMED}\nafter`);
    direct.disconnect();
    await close();
  });

  test('records made before and meanwhile are known, and resynced to Redis', async () => {
    const { proxy, records, back, close } = await open();
    const [before, meanwhile, deleted] = [randomUUID(), randomUUID(), randomUUID()];
    expect(await records.setIfAbsent(before, 'one', 60_000)).toBeUndefined();
    await records.set(deleted, 'x', 60_000);
    proxy.cut();
    expect(await records.setIfAbsent(before, 'two', 60_000)).toBe('one');
    expect(await records.setIfAbsent(meanwhile, 'one', 60_000)).toBeUndefined();
    await records.set(meanwhile, 'two', 60_000);
    await records.delete(deleted);
    const direct = new Redis(redisUrl as string);
    await direct.del(`test:${before}`);
    proxy.restore();
    await back();
    const there = await direct.mget([before, meanwhile, deleted].map(name => `test:${name}`));
    expect(there, 'the first too, which Redis had lost').toEqual(['one', 'two', null]);
    expect(await records.setIfAbsent(before, 'two', 60_000)).toBe('one');
    direct.disconnect();
    await close();
  });
});
