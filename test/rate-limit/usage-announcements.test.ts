import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { FailoverStore } from '../../src/rate-limit/failover-store.ts';
import type { LimitRules } from '../../src/rate-limit/limit-store.ts';
import { MemoryStore } from '../../src/rate-limit/memory-store.ts';
import { RedisStore } from '../../src/rate-limit/redis-store.ts';
import { announcementFor, subscribeToUsage } from '../../src/rate-limit/usage-announcements.ts';
import { connectRedis, whenReady } from '../../src/storage/redis/connection.ts';
import { connection } from '../support/limit-stores.ts';

const RULES: LimitRules = {
  limit: 60,
  keyLimit: 60,
  windowMs: 60_000,
  deliveryAllowanceMs: 0,
  maxWaiting: 100,
};

describe.each([
  { kind: 'Redis', url: inject('redisUrl') },
  { kind: 'Redis Cluster', url: inject('redisClusterUrl') },
])('$kind', ({ url }) => {
  const redis = connection(url);

  redis.given('replicas learn what a bucket has left once more than one share of it is used', async () => {
    const channel = randomUUID();
    const heard: [string, number][] = [];
    const log = { warn: (fields: object) => heard.push([JSON.stringify(fields), 0]) };
    const { close } = subscribeToUsage(url as string, channel, (...usage) => heard.push(usage), log);
    const store = new RedisStore(redis.get(), RULES, { announcement: announcementFor(channel, RULES, 3) });
    // Until the subscription is active, announcements are lost.
    await expect
      .poll(
        async () => {
          const probe = randomUUID();
          for (let i = 0; i < 20; i++) await store.reserve(probe, 'a', 0);
          return heard.length;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
    heard.length = 0;
    const bucket = randomUUID();
    for (let i = 0; i < 26; i++) await store.reserve(bucket, 'a', 0);
    await expect
      .poll(() => heard.filter(([name]) => name === bucket).map(([, left]) => left))
      .toEqual([40, 39, 38, 37, 36, 35, 34]);
    close();
  });
});

test.skipIf(!inject('redisUrl'))(
  'a Redis user without channels still has limits, and a warning is logged',
  async () => {
    const [name, channel] = [`user-${randomUUID()}`, randomUUID()];
    const url = new URL(inject('redisUrl') as string);
    const admin = connectRedis(url.href, '');
    await whenReady(admin, 5_000);
    await admin.call('ACL', 'SETUSER', name, 'on', '>secret', '~*', '+@all', 'resetchannels');
    [url.username, url.password] = [name, 'secret'];
    const warnings: string[] = [];
    const { close } = subscribeToUsage(url.href, channel, () => {}, {
      warn: (_fields, message) => warnings.push(message),
    });
    const redis = connectRedis(url.href, '');
    await whenReady(redis, 5_000);
    const store = new RedisStore(redis, RULES, { announcement: { channel, above: 0, every: 1 } });
    expect(await store.reserve(randomUUID(), 'a', 0)).toMatchObject({ granted: true });
    await expect
      .poll(() => warnings)
      .toEqual([expect.stringContaining('cannot learn what other replicas use')]);
    close();
    redis.disconnect();
    await admin.call('ACL', 'DELUSER', name);
    admin.disconnect();
  },
);

describe('a replica that knows what others used', () => {
  test.each([
    { what: 'after requests of its own', own: 9 },
    { what: 'in a bucket it never used', own: 0 },
  ])('takes at most its share of the rest when Redis is lost, $what', async ({ own }) => {
    let lost = false;
    const health = {
      use: <Result>(ask: () => Promise<Result>, otherwise: () => Promise<Result>) =>
        lost ? otherwise() : ask(),
      addResyncSource() {},
    };
    const memory = new MemoryStore({ ...RULES, limit: 30, keyLimit: 30 });
    const store = new FailoverStore(new MemoryStore(RULES), memory, health, {
      deliveryAllowanceMs: 0,
      replicas: 2,
    });
    for (let i = 0; i < own; i++) await store.reserve('org', 'a', 0);
    store.onUsage('org', 60 - 50 - own);
    lost = true;
    let granted = 0;
    for (let i = 0; i < 60; i++) if ((await store.reserve('org', 'a', 0)).granted) granted++;
    expect(50 + own + granted).toBeLessThanOrEqual(60);
  });
});
