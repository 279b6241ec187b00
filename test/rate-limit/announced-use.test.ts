import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { announcementFor, hearAnnouncements } from '../../src/rate-limit/announced-use.ts';
import { FailoverStore } from '../../src/rate-limit/failover-store.ts';
import type { LimitRules } from '../../src/rate-limit/limit-store.ts';
import { MemoryStore } from '../../src/rate-limit/memory-store.ts';
import { RedisStore } from '../../src/rate-limit/redis-store.ts';
import { connectRedis, whenReady } from '../../src/storage/redis/connection.ts';
import { connection } from '../support/limit-stores.ts';

const RULES: LimitRules = { limit: 60, keyLimit: 60, windowMs: 60_000, travelMs: 0, maxWaiting: 100 };

describe.each([
  { kind: 'Redis', url: inject('redisUrl') },
  { kind: 'Redis Cluster', url: inject('redisClusterUrl') },
])('$kind', ({ url }) => {
  const redis = connection(url);

  redis.given('tells every replica what a bucket has left once more than a share of it is used', async () => {
    const channel = randomUUID();
    const heard: [string, number][] = [];
    const log = { warn: (fields: object) => heard.push([JSON.stringify(fields), 0]) };
    const { close } = hearAnnouncements(url as string, channel, (...news) => heard.push(news), log);
    const store = new RedisStore(redis.get(), RULES, { announcement: announcementFor(channel, RULES, 3) });
    const probe = randomUUID();
    // Subscribed once it hears: the announcements of before are lost.
    await expect
      .poll(async () => {
        for (let i = 0; i < 4; i++)
          await store.note(probe, [{ ticket: `${randomUUID()}:a:x`, countedInMs: 0 }]);
        if ((await store.reserve(probe, 'a', 0)).bucketLeft < 30) await store.reserve(randomUUID(), 'a', 0);
        return heard.length;
      })
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
  'a user who may use no channels has limits all the same, and a warning',
  async () => {
    const [name, channel] = [`user-${randomUUID()}`, randomUUID()];
    const url = new URL(inject('redisUrl') as string);
    const admin = connectRedis(url.href, '');
    await whenReady(admin, 5_000);
    await admin.call('ACL', 'SETUSER', name, 'on', '>secret', '~*', '+@all', 'resetchannels');
    [url.username, url.password] = [name, 'secret'];
    const warnings: string[] = [];
    const { close } = hearAnnouncements(url.href, channel, () => {}, {
      warn: (_fields, message) => warnings.push(message),
    });
    const redis = connectRedis(url.href, '');
    await whenReady(redis, 5_000);
    const store = new RedisStore(redis, RULES, { announcement: { channel, above: 0, every: 1 } });
    expect(await store.reserve(randomUUID(), 'a', 0)).toMatchObject({ granted: true });
    await expect.poll(() => warnings).toEqual([expect.stringContaining('no news')]);
    close();
    redis.disconnect();
    await admin.call('ACL', 'DELUSER', name);
    admin.disconnect();
  },
);

describe('a replica that has heard what others used', () => {
  test.each([
    { what: 'after it had asked itself', own: 9 },
    { what: 'of a bucket that it never used', own: 0 },
  ])('$what, takes no more than its share of the rest when Redis is lost', async ({ own }) => {
    let lost = false;
    const watch = {
      use: <Result>(ask: () => Promise<Result>, otherwise: () => Promise<Result>) =>
        lost ? otherwise() : ask(),
      addResyncSource() {},
    };
    const memory = new MemoryStore({ ...RULES, limit: 30, keyLimit: 30 });
    const store = new FailoverStore(new MemoryStore(RULES), memory, watch, { travelMs: 0, replicas: 2 });
    for (let i = 0; i < own; i++) await store.reserve('org', 'a', 0);
    store.hear('org', 60 - 50 - own);
    lost = true;
    let granted = 0;
    for (let i = 0; i < 60; i++) if ((await store.reserve('org', 'a', 0)).granted) granted++;
    expect(50 + own + granted).toBeLessThanOrEqual(60);
  });
});
