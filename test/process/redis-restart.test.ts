import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { connectCurl, errorIn } from '../support/clients.ts';
import { type RedisProcess, startRedis } from '../support/redis-process.ts';
import { type RunningServer, startServer } from '../support/start.ts';

/** What callers notice of a Redis that dies under replicas. It takes a redis-server that can be killed. */
describe.skipIf(!inject('redisClusterUrl'))('replicas whose Redis', () => {
  let partoo: Sandbox;
  let redis: RedisProcess;
  let replicas: RunningServer[];
  const open = async (count: number, env: Record<string, string> = {}) => {
    const base = await partoo.listen();
    const own = { REDIS_URL: redis.url, REPLICAS_HINT: String(count), ...env };
    replicas = await Promise.all(Array.from({ length: count }, () => startServer(base, own)));
  };
  beforeEach(async () => {
    partoo = createSandbox();
    redis = await startRedis();
    replicas = [];
  });
  afterEach(async () => {
    await Promise.all(replicas.map(replica => replica.close()));
    await Promise.all([partoo.close(), redis.stop()]);
  });

  const at = async (i: number) => connectCurl(replicas[i]?.url ?? '', { 'x-APIKey': 'demo-admin' });
  const search = async (i: number, page = 1) => (await at(i)).call('search_businesses', { page });
  const send = async (i: number, content: string) =>
    (await at(i)).call('send_message', { conversation_id: 30001, content });
  const posts = () => partoo.requests.filter(({ method }) => method === 'POST').length;
  const said = (i: number, words: string) =>
    replicas[i]?.log.filter(({ msg }) => String(msg).startsWith(words)).length ?? 0;
  const readyz = async () => (await fetch(`${replicas[0]?.origin}/readyz`)).status;

  test('is gone go on, each at its share of the limit, and say so once', async () => {
    await open(3, { RATE_LIMIT_PER_MINUTE: '9', RATE_LIMIT_MAX_WAIT_MS: '0' });
    expect((await search(0)).isError).toBe(false);
    await redis.kill();
    await expect.poll(() => said(0, 'Redis is lost')).toBe(1);
    expect(await readyz()).toBe(503);
    const started = performance.now();
    // A third of nine is three; the look-up and the first call were two of them.
    expect((await search(0, 2)).isError).toBe(false);
    expect(errorIn(await search(0, 3)).code).toBe('rate_limited');
    expect((await search(1, 4)).isError, 'another replica has its own share').toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
    await redis.restart();
    await expect.poll(() => said(0, 'Redis is back'), { timeout: 5_000 }).toBe(1);
    expect(said(0, 'Redis is lost')).toBe(1);
    expect(await readyz()).toBe(200);
  }, 20_000);

  test('restarts empty make no write twice, whichever is asked', async () => {
    await open(2);
    expect((await send(0, 'Hello')).isError).toBe(false);
    await redis.kill();
    const meanwhile = send(0, 'Meanwhile');
    await sleep(1_500);
    await redis.restart();
    const [again, other] = await Promise.all([send(1, 'Hello'), send(1, 'Meanwhile')]);
    expect(again.structured).toMatchObject({ repeated: true });
    // Both waited for Redis; one of them sent it, the other was told what came of that.
    expect(
      [await meanwhile, other].filter(({ structured }) => structured && !structured.repeated),
    ).toHaveLength(1);
    expect(posts()).toBe(2);
  }, 20_000);

  test('stalls send a write once, and answer what came of it', async () => {
    await open(2);
    await search(0);
    const direct = new Redis(redis.url);
    await direct.call('CLIENT', 'PAUSE', '2600', 'ALL');
    direct.disconnect();
    const answer = await send(0, 'Hello');
    expect(answer.isError, answer.text).toBe(false);
    expect(posts()).toBe(1);
    expect((await send(1, 'Hello')).structured).toMatchObject({ repeated: true });
    expect(posts()).toBe(1);
  }, 20_000);

  test('stalls hold no call up for more than its two seconds, whatever the key', async () => {
    await open(1);
    const direct = new Redis(redis.url);
    await direct.call('CLIENT', 'PAUSE', '8000', 'ALL');
    direct.disconnect();
    for (const [key, most] of Object.entries({
      'demo-admin': 3_000,
      'demo-other': 500,
      'demo-revoked': 500,
    })) {
      const started = performance.now();
      await (await connectCurl(replicas[0]?.url ?? '', { 'x-APIKey': key })).call('search_businesses');
      expect(performance.now() - started, key).toBeLessThan(most);
    }
  }, 20_000);
});

test('a Partoo that cannot be reached uses up nobody’s limit', async () => {
  const server = await startServer('http://127.0.0.1:9/v2', { RATE_LIMIT_PER_MINUTE: '3' });
  const client = await connectCurl(server.url, { 'x-APIKey': 'demo-admin' });
  for (let page = 1; page <= 2; page++) {
    const error = errorIn(await client.call('search_businesses', { page }));
    expect(error.code).toBe('partoo_unavailable');
  }
  await server.close();
});
