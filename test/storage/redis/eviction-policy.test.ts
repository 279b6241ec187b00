import { Redis } from 'ioredis';
import { describe, expect, inject, test } from 'vitest';
import { startRedis } from '../../support/redis-process.ts';
import { startPair } from '../../support/start.ts';
import { tcpProxy } from '../../support/tcp-proxy.ts';

/** Each test starts its own redis-server, since the policy is global. */
describe.skipIf(!inject('redisClusterUrl'))('a Redis that may evict keys', () => {
  async function open(flags: string[]) {
    const redis = await startRedis({ flags });
    const proxy = await tcpProxy('127.0.0.1', redis.port);
    const pair = await startPair({ REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
    const warnings = () =>
      pair.log.filter(({ level, msg }) => level === 40 && String(msg).includes('maxmemory-policy'));
    return {
      redis,
      proxy,
      pair,
      warnings,
      close: async () => {
        await pair.close();
        await Promise.all([proxy.close(), redis.stop()]);
      },
    };
  }

  test.each(['allkeys-lru', 'volatile-ttl'])(
    '(%s) is warned about at the start, with the fix',
    async policy => {
      const { warnings, close } = await open(['--maxmemory-policy', policy]);
      await expect.poll(warnings).toHaveLength(1);
      expect(warnings()[0]?.msg).toMatch(
        new RegExp(
          `has the maxmemory-policy ${policy}: .* forget writes.* Set maxmemory-policy to noeviction`,
        ),
      );
      await close();
    },
  );

  test('is found through INFO where CONFIG is forbidden, and through CONFIG where INFO is', async () => {
    for (const forbidden of ['-config', '-info']) {
      const { warnings, close } = await open([
        ...['--maxmemory-policy', 'allkeys-lru'],
        ...`--user default on nopass ~* &* +@all ${forbidden}`.split(' '),
      ]);
      await expect.poll(warnings, { message: forbidden }).toHaveLength(1);
      expect(warnings()[0]?.msg, forbidden).toContain('has the maxmemory-policy allkeys-lru');
      await close();
    }
  });

  test('is suspected, with a warning, where both CONFIG and INFO are forbidden', async () => {
    const { warnings, close } = await open('--user default on nopass ~* &* +@all -config -info'.split(' '));
    await expect.poll(warnings).toHaveLength(1);
    expect(warnings()[0]?.msg).toContain('does not tell its maxmemory-policy');
    await close();
  });

  test('is warned about when it comes back with a new policy; noeviction is not', async () => {
    const { redis, proxy, pair, warnings, close } = await open([]);
    const direct = new Redis(redis.url);
    await direct.config('SET', 'maxmemory-policy', 'allkeys-random');
    direct.disconnect();
    expect(warnings()).toEqual([]);
    proxy.cut();
    await expect.poll(() => pair.log.some(({ msg }) => String(msg).startsWith('Redis is lost'))).toBe(true);
    proxy.restore();
    await expect.poll(warnings, { timeout: 5_000 }).toHaveLength(1);
    await close();
  });
});

test.skipIf(!inject('redisClusterUrl'))('a cluster with noeviction causes no warning', async () => {
  const pair = await startPair({ REDIS_URL: inject('redisClusterUrl') as string });
  expect((await fetch(`${pair.origin}/readyz`)).status).toBe(200);
  expect(pair.log.filter(({ msg }) => String(msg).includes('maxmemory-policy'))).toEqual([]);
  await pair.close();
});
