import { randomBytes } from 'node:crypto';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, test } from 'vitest';
import { connectPlain, connectV2, errorIn } from '../../support/clients.ts';
import { ENVELOPE } from '../../support/post.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import { REPLY_TEMPLATE } from '../../support/reply-template.ts';
import { rpc } from '../../support/rpc.ts';
import { exceptLookUps, startScriptedPartoo } from '../../support/scripted-partoo.ts';
import { type RunningServer, startPair, startServer } from '../../support/start.ts';

const redisUrl = redisDatabase(14);
const KEY = { 'x-APIKey': 'demo-admin' };

describe("a key's limit", () => {
  test('is never exceeded at Partoo, and the call above it is refused at once with the seconds to wait', async () => {
    const pair = await startPair({ RATE_LIMIT_PER_MINUTE: '5' });
    const client = await connectV2(pair.url, KEY);
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, i) => client.call('search_businesses', { page: i + 1 })),
    );
    const refused = results.filter(({ isError }) => isError).map(errorIn);
    // The look-up of the key's organization is one of the five.
    expect(pair.partoo.requests).toHaveLength(5);
    expect(refused).toHaveLength(4);
    for (const error of refused) {
      expect(error).toMatchObject({
        code: 'rate_limited',
        next_step: expect.stringContaining('retry_after_seconds'),
      });
      // Ten seconds before there is room again: a call that comes back then waits in the queue.
      expect(error.retry_after_seconds).toBeGreaterThan(45);
      expect(error.retry_after_seconds).toBeLessThanOrEqual(52);
    }
    const other = await connectV2(pair.url, { 'x-APIKey': 'demo-other' });
    expect((await other.call('search_businesses')).isError, 'another key is not held back').toBe(false);
    await Promise.all([client.close(), other.close(), pair.close()]);
  });

  test('counts attempts, not calls', async () => {
    const pair = await startPair({ RATE_LIMIT_PER_MINUTE: '4' });
    const client = await connectPlain(pair.url, KEY);
    pair.partoo.faults.add({ kind: 'status', status: 503, times: 2 });
    expect((await client.call('search_businesses')).isError).toBe(false);
    expect(errorIn(await client.call('search_businesses')).code).toBe('rate_limited');
    expect(pair.received()).toHaveLength(3);
    await pair.close();
  });
});

describe('calls at once', () => {
  test('are bounded for each key: one more is refused with the seconds to wait, and another key is served', async () => {
    const end = Promise.withResolvers<undefined>();
    const partoo = await startScriptedPartoo(
      exceptLookUps(({ key }) => (key === '1-anna' ? end.promise : undefined)),
    );
    const server = await startServer(partoo.baseUrl, { MAX_CALLS_IN_FLIGHT_PER_KEY: '2' });
    const client = await connectPlain(server.url, { 'x-APIKey': '1-anna' });
    const other = await connectPlain(server.url, { 'x-APIKey': '1-ben' });
    const under = [1, 2].map(page => client.call('search_businesses', { page }));
    await expect.poll(() => partoo.requests.filter(({ path }) => path === '/business/search').length).toBe(2);
    const refused = errorIn(await client.call('search_businesses', { page: 3 }));
    expect(refused).toMatchObject({ code: 'rate_limited', retry_after_seconds: 2 });
    expect(refused.problems?.[0]).toContain('has 2 calls in progress here, which is the maximum');
    expect((await other.call('search_businesses')).isError).toBe(false);
    end.resolve(undefined);
    for (const result of await Promise.all(under)) expect(result.isError).toBe(false);
    expect((await client.call('search_businesses')).isError, 'there is room again').toBe(false);
    await server.close();
    await partoo.close();
  });

  test('of keys that may be made up are bounded together, and an accepted key is served', async () => {
    const looked = Promise.withResolvers<{ status: number }>();
    const partoo = await startScriptedPartoo(({ key }) =>
      /^made-up-[1-5]/.test(key) ? looked.promise : undefined,
    );
    const server = await startServer(partoo.baseUrl, {
      MAX_CALLS_IN_FLIGHT_PER_KEY: '1',
      CLIENT_IP_HEADER: 'client-ip',
    });
    const search = async (key: string, address = '192.0.2.1') =>
      (await connectPlain(server.url, { 'x-APIKey': key, 'client-ip': address })).call('search_businesses');
    expect((await search('1-anna')).isError).toBe(false);
    const under = [1, 2].map(number => search(`made-up-${number}`));
    await expect.poll(() => partoo.requests.filter(({ key }) => key.startsWith('made-up')).length).toBe(2);
    const refused = errorIn(await search('made-up-3'));
    expect(refused).toMatchObject({ code: 'rate_limited', retry_after_seconds: 2 });
    expect((await search('1-anna')).isError).toBe(false);
    expect((await search('2-new', '192.0.2.2')).isError, 'a new key of another address').toBe(false);
    looked.resolve({ status: 401 });
    for (const result of await Promise.all(under)) expect(errorIn(result).code).toBe('invalid_api_key');
    expect(errorIn(await search('made-up-6')).code, 'there is room again').toBe('invalid_api_key');
    await server.close();
    await partoo.close();
  });

  test.skipIf(!redisUrl)(
    'of a key that another replica accepted are not among those of made-up keys',
    async () => {
      const partoo = await startScriptedPartoo(({ key }) =>
        key.startsWith('made-up') ? new Promise(() => {}) : undefined,
      );
      const env = {
        MAX_CALLS_IN_FLIGHT_PER_KEY: '1',
        REDIS_URL: redisUrl as string,
        KEY_HASH_SECRET: randomBytes(32).toString('hex'),
      };
      const [replica, other] = await Promise.all([1, 2].map(() => startServer(partoo.baseUrl, env)));
      const search = async (server = other, key = '3-anna') =>
        (await connectPlain((server as RunningServer).url, { 'x-APIKey': key })).call('search_businesses');
      expect((await search(replica)).isError).toBe(false);
      const under = [1, 2].map(number => search(other, `made-up-${number}`));
      await expect.poll(() => partoo.requests.filter(({ key }) => key.startsWith('made-up')).length).toBe(2);
      expect(errorIn(await search(other, 'made-up-3')).code).toBe('rate_limited');
      expect((await search()).isError).toBe(false);
      await partoo.close();
      await Promise.all(under);
      await Promise.all([replica?.close(), other?.close()]);
    },
  );

  test('that would wait are bounded for each key too', async () => {
    const pair = await startPair({
      RATE_LIMIT_PER_MINUTE: '2',
      RATE_LIMIT_MAX_WAIT_MS: '70000',
      TOOL_DEADLINE_MS: '80000',
      MAX_WAITING_PER_KEY: '1',
    });
    const leaving = new AbortController();
    const call = (page: number) =>
      fetch(pair.url, {
        method: 'POST',
        signal: leaving.signal,
        headers: { ...KEY, 'content-type': 'application/json' },
        body: JSON.stringify(rpc('tools/call', { name: 'search_businesses', arguments: { page } })),
      });
    await call(1);
    const waiting = call(2);
    waiting.catch(() => {});
    const client = await connectPlain(pair.url, KEY);
    const refused = errorIn(await client.call('search_businesses', { page: 3 }));
    expect(refused.code).toBe('rate_limited');
    expect(refused.retry_after_seconds).toBeGreaterThan(40);
    leaving.abort();
    await expect(waiting).rejects.toThrow();
    await pair.close();
  });

  test('return the number of requests left of the minute', async () => {
    const pair = await startPair({ RATE_LIMIT_PER_MINUTE: '4', RATE_LIMIT_MAX_WAIT_MS: '0' });
    const client = new Client({ name: 't', version: '1' });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(pair.url), { requestInit: { headers: KEY } }),
    );
    const left = [];
    for (let page = 1; page <= 4; page++) {
      const { _meta } = await client.callTool({
        name: 'get_review_metrics',
        arguments: { metrics: 'reviews_count', page },
      });
      left.push(_meta?.['partoo-mcp/requests-left-this-minute']);
    }
    // The first of four was the look-up of the key's organization; the fourth call is refused.
    expect(left).toEqual([2, 1, 0, 0]);
    await client.close();
    await pair.close();
  });
});

describe('a 429 from Partoo', () => {
  test('with a wait that does not fit is reported at once, and no request of the key is sent until it has passed', async () => {
    const pair = await startPair();
    const client = await connectPlain(pair.url, KEY);
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    for (let i = 0; i < 2; i++) {
      expect(errorIn(await client.call('search_businesses'))).toMatchObject({
        code: 'rate_limited',
        retry_after_seconds: expect.closeTo(60, -0.5),
      });
    }
    expect(pair.received(), 'the second call never reached Partoo').toHaveLength(1);
    await pair.close();
  });

  test.each([
    { what: 'a 403', status: 403 },
    { what: 'a 503', status: 503 },
  ])('may come as $what that says so in words: the write is sent again', async ({ status }) => {
    const pair = await startPair();
    const client = await connectPlain(pair.url, KEY);
    const body = { error: 'Rate limit exceeded' };
    pair.partoo.faults.add({ kind: 'status', status, body, headers: { 'retry-after': '1' } });
    const result = await client.call('create_review_reply_template', REPLY_TEMPLATE);
    expect(result.isError, result.text).toBe(false);
    expect(pair.received()).toHaveLength(2);

    pair.partoo.faults.add({ kind: 'status', status, body });
    expect(errorIn(await client.call('search_businesses'))).toMatchObject({
      code: 'rate_limited',
      retry_after_seconds: 60,
    });
    const colleague = await connectPlain(pair.url, { 'x-APIKey': 'demo-colleague' });
    expect(errorIn(await colleague.call('search_businesses')).code, 'for all of the organization').toBe(
      'rate_limited',
    );
    await pair.close();
  });

  test.each([
    { what: 'Unix time in seconds', value: () => `${Math.ceil(Date.now() / 1_000) + 3_600 + 30}` },
    { what: 'Unix time in milliseconds', value: () => `${Date.now() + 3_600_000 + 30_000}` },
    { what: 'a date', value: () => new Date(Date.now() + 3_600_000 + 30_000).toUTCString() },
  ])('whose wait is $what on a clock an hour ahead pauses requests for half a minute', async ({ value }) => {
    const pair = await startPair();
    const client = await connectPlain(pair.url, KEY);
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': value(), date } });
    const { retry_after_seconds } = errorIn(await client.call('search_businesses'));
    expect(retry_after_seconds).toBeGreaterThanOrEqual(28);
    expect(retry_after_seconds).toBeLessThanOrEqual(32);
    await pair.close();
  });

  test('without a Retry-After counts as the documented minute', async () => {
    const pair = await startPair();
    const client = await connectPlain(pair.url, KEY);
    pair.partoo.faults.add({ kind: 'status', status: 429 });
    expect(errorIn(await client.call('search_businesses')).retry_after_seconds).toBe(60);
    await pair.close();
  });

  const waits = async (call: (onprogress: (progress: { message?: string }) => void) => Promise<unknown>) => {
    const messages: (string | undefined)[] = [];
    const started = performance.now();
    await call(({ message }) => messages.push(message));
    expect(performance.now() - started).toBeGreaterThanOrEqual(2_000);
    expect(messages[0]).toBe("waiting 2 s for Partoo's limit");
  };

  test('with a wait that fits is waited out, with progress for a v2 client that requests it', async () => {
    const pair = await startPair();
    const client = new Client(
      { name: 't', version: '1' },
      { versionNegotiation: { mode: { pin: '2026-07-28' } } },
    );
    await client.connect(
      new StreamableHTTPClientTransport(new URL(pair.url), { requestInit: { headers: KEY } }),
    );
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '2' } });
    await waits(async onprogress => {
      const result = await client.callTool({ name: 'search_businesses', arguments: {} }, { onprogress });
      expect(result.isError).toBeFalsy();
    });
    await client.close();
    await pair.close();
  });

  test('with a wait that fits is waited out, with progress for a v1 client that requests it', async () => {
    const pair = await startPair();
    const client = new ClientV1({ name: 't', version: '1' });
    await client.connect(new TransportV1(new URL(pair.url), { requestInit: { headers: KEY } }));
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '2' } });
    await waits(async onprogress => {
      const result = await client.callTool({ name: 'search_businesses', arguments: {} }, undefined, {
        onprogress,
      });
      expect(result.isError).toBeFalsy();
    });
    await client.close();
    await pair.close();
  });

  test.each([
    { era: '2025', headers: {}, meta: {} },
    {
      era: '2026-07-28',
      headers: {
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'search_businesses',
      },
      meta: ENVELOPE,
    },
  ])(
    'is waited out without progress for a client of $era that accepts only JSON',
    async ({ headers, meta }) => {
      const pair = await startPair();
      pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
      const response = await fetch(pair.url, {
        method: 'POST',
        headers: { ...KEY, ...headers, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(
          rpc('tools/call', {
            name: 'search_businesses',
            arguments: {},
            _meta: { ...meta, progressToken: 1 },
          }),
        ),
      });
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toMatchObject({ result: { structuredContent: { page: 1 } } });
      await pair.close();
    },
  );

  test('is waited for no longer in total than the operator allows', async () => {
    const pair = await startPair({ RATE_LIMIT_MAX_WAIT_MS: '1200' });
    const client = await connectPlain(pair.url, KEY);
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, times: 3 });
    expect(errorIn(await client.call('search_businesses'))).toMatchObject({ code: 'rate_limited' });
    expect(pair.received(), 'the second wait would not fit any more').toHaveLength(2);
    await pair.close();
  });
});
