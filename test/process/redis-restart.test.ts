import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createEmulator, type PartooEmulator } from '../../src/partoo-emulator/emulator.ts';
import { connectCurl, errorIn, type ToolResult } from '../support/clients.ts';
import { type RedisProcess, startRedis } from '../support/redis-process.ts';
import { type RunningServer, startServer } from '../support/start.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';

/** After a start of Redis, several replicas make no write for this long. */
const DEADLINE = { TOOL_DEADLINE_MS: '3000', RATE_LIMIT_MAX_WAIT_MS: '1000', UPSTREAM_TIMEOUT_MS: '2500' };

/** Needs a redis-server that can be killed. */
describe.skipIf(!inject('redisClusterUrl'))('replicas', () => {
  let partoo: PartooEmulator;
  let redis: RedisProcess;
  /** Between the first replica alone and Redis. */
  let wire: TcpProxy;
  let replicas: RunningServer[];
  const open = async (count: number, env: Record<string, string> = {}) => {
    const base = await partoo.listen();
    const urls = Array.from({ length: count }, (_, i) =>
      i === 0 ? `redis://127.0.0.1:${wire.port}` : redis.url,
    );
    replicas = await Promise.all(
      urls.map(url =>
        startServer(base, { REDIS_URL: url, REPLICAS_HINT: String(count), ...DEADLINE, ...env }),
      ),
    );
  };
  beforeEach(async () => {
    partoo = createEmulator();
    redis = await startRedis();
    wire = await tcpProxy('127.0.0.1', redis.port);
    replicas = [];
  });
  afterEach(async () => {
    await Promise.all(replicas.map(replica => replica.close()));
    await Promise.all([partoo.close(), wire.close(), redis.stop()]);
  });

  const at = async (i: number) => connectCurl(replicas[i]?.url ?? '', { 'x-APIKey': 'demo-admin' });
  const search = async (i: number, page = 1) => (await at(i)).call('search_businesses', { page });
  const send = async (i: number, content: string) =>
    (await at(i)).call('send_message', { conversation_id: 30001, content });
  const codeOf = (result: ToolResult) => (result.isError ? errorIn(result).code : 'ok');
  /** Asks for the same until writes are made again. */
  const sendPatiently = async (i: number, content: string) => {
    for (;;) {
      const result = await send(i, content);
      if (codeOf(result) !== 'writes_paused') return result;
      await sleep(100);
    }
  };
  const posts = () => partoo.requests.filter(({ method }) => method === 'POST').length;
  const said = (i: number, words: string) =>
    replicas[i]?.log.filter(({ msg }) => String(msg).startsWith(words)).length ?? 0;
  const readyz = async () => (await fetch(`${replicas[0]?.origin}/readyz`)).status;

  test('without Redis go on, each at its share of the limit, with one warning', async () => {
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

  test('without Redis make no write, and return the seconds to wait', async () => {
    await open(2);
    expect(codeOf(await sendPatiently(0, 'Hello'))).toBe('ok');
    await redis.kill();
    await expect.poll(() => said(1, 'Redis is lost')).toBe(1);
    for (const i of [0, 1]) {
      expect(errorIn(await send(i, 'More'))).toMatchObject({
        code: 'writes_paused',
        retry_after_seconds: 10,
      });
      expect((await search(i)).isError, 'reads go on').toBe(false);
    }
    expect((await send(0, 'Hello')).structured, 'by the one that made it').toMatchObject({ repeated: true });
    expect(codeOf(await send(1, 'Hello')), 'by one that cannot know').toBe('writes_paused');
    expect(posts()).toBe(1);
  }, 20_000);

  test('of which there is only one go on writing without Redis', async () => {
    await open(1);
    await redis.kill();
    expect(codeOf(await send(0, 'Hello'))).toBe('ok');
    expect((await send(0, 'Hello')).structured).toMatchObject({ repeated: true });
    expect(posts()).toBe(1);
  });

  test('do not repeat each other’s writes after Redis comes back empty', async () => {
    await open(2);
    expect(codeOf(await sendPatiently(0, 'Hello'))).toBe('ok');
    partoo.faults.add({ kind: 'latency', ms: 1_000, method: 'POST' });
    const underWay = send(0, 'Slow');
    await expect.poll(posts).toBe(2);
    wire.cut();
    await redis.restart();
    await expect.poll(() => said(1, 'Redis is back'), { timeout: 5_000 }).toBe(1);
    for (const content of ['Hello', 'Slow']) expect(codeOf(await send(1, content))).toBe('writes_paused');
    expect(codeOf(await underWay), 'ends without Redis').toBe('ok');
    wire.restore();
    for (const content of ['Hello', 'Slow'])
      expect((await sendPatiently(1, content)).structured).toMatchObject({ repeated: true });
    expect(posts()).toBe(2);
  }, 20_000);

  test('do not send a write while Redis stalls, and send it once when it is back', async () => {
    await open(2);
    await sendPatiently(0, 'Hello');
    const direct = new Redis(redis.url);
    await direct.call('CLIENT', 'PAUSE', '2600', 'ALL');
    direct.disconnect();
    expect(codeOf(await send(0, 'Stalled'))).toBe('writes_paused');
    expect(posts()).toBe(1);
    await expect.poll(() => said(0, 'Redis is back'), { timeout: 5_000 }).toBe(1);
    const result = await send(1, 'Stalled');
    expect(codeOf(result), 'nothing is left of the first').toBe('ok');
    expect(result.structured).not.toHaveProperty('repeated');
    expect((await send(0, 'Stalled')).structured).toMatchObject({ repeated: true });
    expect(posts()).toBe(2);
  }, 20_000);

  test('delay calls by two seconds at most when Redis stalls, whatever the key', async () => {
    await open(1);
    const direct = new Redis(redis.url);
    await direct.call('CLIENT', 'PAUSE', '8000', 'ALL');
    direct.disconnect();
    for (const [key, most] of Object.entries({
      'demo-admin': 3_000,
      'demo-other': 1_900,
      'demo-revoked': 1_900,
    })) {
      const started = performance.now();
      await (await connectCurl(replicas[0]?.url ?? '', { 'x-APIKey': key })).call('search_businesses');
      expect(performance.now() - started, key).toBeLessThan(most);
    }
  }, 20_000);
});

test('attempts that cannot reach Partoo do not count in the limit', async () => {
  const server = await startServer('http://127.0.0.1:9/v2', { RATE_LIMIT_PER_MINUTE: '3' });
  const client = await connectCurl(server.url, { 'x-APIKey': 'demo-admin' });
  for (let page = 1; page <= 2; page++) {
    const error = errorIn(await client.call('search_businesses', { page }));
    expect(error.code).toBe('partoo_unavailable');
  }
  await server.close();
});
