import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPlain, errorIn } from '../../support/clients.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import { type RunningPair, startPair, startServer } from '../../support/start.ts';

const redisUrl = redisDatabase(2);
const LOOK_UP = '/v2/user/me';
const lookUps = (pair: RunningPair) => pair.partoo.requests.filter(({ path }) => path === LOOK_UP);
const others = (pair: RunningPair) => pair.partoo.requests.filter(({ path }) => path !== LOOK_UP);

async function callAs(url: string, key: string, page = 1) {
  const client = await connectPlain(url, { 'x-APIKey': key });
  // A tool that makes one request.
  return client.call('get_review_metrics', { metrics: 'reviews_count', page });
}
const codeOf = async (result: ReturnType<typeof callAs>) => {
  const got = await result;
  return got.isError ? errorIn(got).code : 'ok';
};

describe("a key's organization", () => {
  test('is looked up once for many concurrent calls', async () => {
    const pair = await startPair();
    await Promise.all(Array.from({ length: 10 }, (_, page) => callAs(pair.url, 'demo-admin', page + 1)));
    await callAs(pair.url, 'demo-admin');
    expect(lookUps(pair)).toHaveLength(1);
    expect(others(pair)).toHaveLength(11);
    await pair.close();
  });

  test('has one limit for all its keys and shares it with no other organization', async () => {
    const pair = await startPair({ RATE_LIMIT_PER_MINUTE: '5', RATE_LIMIT_MAX_WAIT_MS: '0' });
    expect(await codeOf(callAs(pair.url, 'demo-admin', 1))).toBe('ok');
    expect(await codeOf(callAs(pair.url, 'demo-colleague', 2))).toBe('ok');
    expect(await codeOf(callAs(pair.url, 'demo-admin', 3))).toBe('ok');
    expect(await codeOf(callAs(pair.url, 'demo-colleague', 4)), 'five requests including the look-ups').toBe(
      'rate_limited',
    );
    expect(await codeOf(callAs(pair.url, 'demo-other', 5))).toBe('ok');
    await pair.close();
  });

  test('can be given a limit per key by the operator', async () => {
    const pair = await startPair({ KEY_RATE_LIMIT_PER_MINUTE: '2', RATE_LIMIT_MAX_WAIT_MS: '0' });
    expect(await codeOf(callAs(pair.url, 'demo-admin', 1))).toBe('ok');
    expect(await codeOf(callAs(pair.url, 'demo-admin', 2))).toBe('rate_limited');
    expect(await codeOf(callAs(pair.url, 'demo-colleague', 3))).toBe('ok');
    await pair.close();
  });

  test('is paused for all its keys by a 429', async () => {
    const pair = await startPair();
    expect(await codeOf(callAs(pair.url, 'demo-colleague', 1))).toBe('ok');
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    expect(await codeOf(callAs(pair.url, 'demo-admin', 2))).toBe('rate_limited');
    expect(await codeOf(callAs(pair.url, 'demo-colleague', 3))).toBe('rate_limited');
    expect(others(pair)).toHaveLength(2);
    await pair.close();
  });
});

describe('a key that Partoo rejects', () => {
  test('is not sent to Partoo again for a minute', async () => {
    const pair = await startPair();
    for (let page = 1; page <= 5; page++) {
      expect(await codeOf(callAs(pair.url, 'demo-revoked', page))).toBe('invalid_api_key');
    }
    expect(pair.partoo.requests).toHaveLength(1);
    await pair.close();
  });

  test('is not sent again even if Partoo accepted it before', async () => {
    const pair = await startPair();
    expect(await codeOf(callAs(pair.url, 'demo-admin', 1))).toBe('ok');
    pair.partoo.faults.add({ kind: 'status', status: 401, times: 1 });
    expect(await codeOf(callAs(pair.url, 'demo-admin', 2))).toBe('invalid_api_key');
    expect(await codeOf(callAs(pair.url, 'demo-admin', 3))).toBe('invalid_api_key');
    expect(others(pair)).toHaveLength(2);
    await pair.close();
  });
});

describe.skipIf(!redisUrl)('two replicas', () => {
  let pair: RunningPair;
  let other: { url: string; close(): Promise<void> };
  beforeAll(async () => {
    pair = await startPair({ REDIS_URL: redisUrl as string });
    other = await startServer(`${pair.partoo.app.listeningOrigin}/v2`, { REDIS_URL: redisUrl as string });
  });
  afterAll(async () => {
    await other.close();
    await pair.close();
  });

  test('share what one of them has learned of a key, a rejection included', async () => {
    expect(await codeOf(callAs(pair.url, 'demo-admin', 1))).toBe('ok');
    expect(await codeOf(callAs(other.url, 'demo-admin', 2))).toBe('ok');
    expect(lookUps(pair)).toHaveLength(1);
    expect(await codeOf(callAs(other.url, 'demo-revoked', 1))).toBe('invalid_api_key');
    expect(await codeOf(callAs(pair.url, 'demo-revoked', 2))).toBe('invalid_api_key');
    expect(lookUps(pair)).toHaveLength(2);
  });

  test('look up a key once each, at most, when asked at the same time', async () => {
    const before = lookUps(pair).length;
    const urls = [pair.url, other.url, pair.url, other.url];
    const codes = await Promise.all(urls.map((url, page) => codeOf(callAs(url, 'demo-colleague', page + 1))));
    expect(codes).toEqual(Array(4).fill('ok'));
    expect(lookUps(pair).length - before).toBeLessThanOrEqual(2);
  });
});
