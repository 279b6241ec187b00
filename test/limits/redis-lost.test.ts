import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, test } from 'vitest';
import { FallbackStore } from '../../src/limits/fallback-store.ts';
import { Limiter } from '../../src/limits/limiter.ts';
import { MemoryStore } from '../../src/limits/memory-store.ts';
import { connectRedis } from '../../src/limits/redis.ts';
import { RedisStore } from '../../src/limits/redis-store.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';

const redisUrl = inject('redisUrl');
const LIMITS = { limit: 5, windowMs: 60_000 };

describe.skipIf(!redisUrl)('when Redis is lost', () => {
  async function open() {
    const { hostname, port } = new URL(redisUrl as string);
    const proxy = await tcpProxy(hostname, Number(port));
    const redis = connectRedis(`redis://127.0.0.1:${proxy.port}`);
    redis.on('error', () => {});
    await new Promise(resolve => redis.once('ready', resolve));
    const said: string[] = [];
    const store = new FallbackStore(new RedisStore(redis, LIMITS), new MemoryStore(LIMITS), {
      lost: () => said.push('lost'),
      back: () => said.push('back'),
    });
    const close = async () => {
      redis.disconnect();
      await proxy.close();
    };
    return { proxy, store, said, close };
  }

  test.each(['cut', 'hang'] as const)(
    '(%s) calls go on in memory, and in Redis when it is back',
    async how => {
      const { proxy, store, said, close } = await open();
      const bucket = randomUUID();
      for (let i = 0; i < LIMITS.limit; i++) await store.reserve(bucket, `before-${i}`, 0);
      expect(await store.reserve(bucket, 'full', 0)).toMatchObject({ granted: false });

      proxy[how]();
      for (let i = 0; i < 3; i++) {
        expect(await store.reserve(bucket, `during-${i}`, 0)).toEqual({ granted: true, waitMs: 0 });
      }
      expect(said).toEqual(['lost']);

      proxy.restore();
      const back = await untilRefused(store, bucket);
      expect(back).toMatchObject({ granted: false });
      expect(said).toEqual(['lost', 'back']);
      await close();
    },
  );

  test('a pause that Partoo asked for holds all the same', async () => {
    const { proxy, store, close } = await open();
    const bucket = randomUUID();
    await store.pause(bucket, 30_000);
    proxy.cut();
    const refused = await store.reserve(bucket, 'after', 1_000);
    expect(refused).toMatchObject({ granted: false, retryAfterMs: expect.closeTo(30_000, -4) });
    await close();
  });

  test('those who wait are not let go before their time', async () => {
    const { proxy, store, close } = await open();
    const bucket = randomUUID();
    const limiter = new Limiter(store);
    await limiter.pause(bucket, 1_500);
    const started = performance.now();
    const waiting = limiter.acquire(bucket, { maxWaitMs: 5_000, signal: new AbortController().signal });
    proxy.cut();
    expect(await waiting).toEqual({ granted: true });
    expect(performance.now() - started).toBeGreaterThan(1_400);
    await close();
  });

  test('a pause that was learnt meanwhile holds in Redis too, once it is back', async () => {
    const { proxy, store, said, close } = await open();
    const bucket = randomUUID();
    proxy.cut();
    await store.pause(bucket, 30_000);
    proxy.restore();
    await expect
      .poll(
        async () => {
          await store.waitLeft(bucket, 'anybody');
          return said;
        },
        { timeout: 5_000 },
      )
      .toEqual(['lost', 'back']);
    expect(await store.reserve(bucket, 'after', 1_000)).toMatchObject({ granted: false });
    await close();
  });

  /** Redis remembers that the bucket is full; memory, with two slots left, does not. */
  async function untilRefused(store: FallbackStore, bucket: string) {
    for (let i = 0; i < 100; i++) {
      await sleep(100);
      const reservation = await store.reserve(bucket, 'after', 0);
      if (!reservation.granted) return reservation;
      await store.release(bucket, 'after');
    }
    return undefined;
  }
});

test('a store that fails is left alone for a while, not asked by every call', async () => {
  let asked = 0;
  const failing = async () => {
    asked++;
    throw new Error('gone');
  };
  const store = new FallbackStore(
    { reserve: failing, waitLeft: failing, release: failing, pause: failing },
    new MemoryStore(LIMITS),
    { lost() {}, back() {} },
  );
  for (let i = 0; i < 5; i++) await store.reserve('bucket', `t${i}`, 0);
  expect(asked).toBe(1);
});
