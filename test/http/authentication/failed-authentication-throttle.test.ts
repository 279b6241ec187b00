import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { connectPlain } from '../../support/clients.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import { rpc } from '../../support/rpc.ts';
import { type ScriptedResponse, startScriptedPartoo } from '../../support/scripted-partoo.ts';
import { type RunningPair, startPair, startServer } from '../../support/start.ts';
import { tcpProxy } from '../../support/tcp-proxy.ts';

const LOOK_UP = '/v2/user/me';
const redisUrl = redisDatabase(6);

const call = (
  { url }: { url: string },
  key: string,
  method = 'tools/call',
  accept = 'application/json',
  more = {},
  signal: AbortSignal | null = null,
) =>
  fetch(url, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', accept, 'x-APIKey': key, ...more },
    body: JSON.stringify(rpc(method, { name: 'search_businesses', arguments: {} })),
  });

test('an address that tries many rejected keys gets 429 with the seconds to wait, while accepted keys go on', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '3' });
  expect((await call(pair, 'demo-admin')).status).toBe(200);
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push((await call(pair, `bad-${randomUUID()}`)).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  const warnings = pair.log.filter(({ msg }) => String(msg).startsWith('this address tries many bad keys'));
  expect(warnings).toEqual([expect.objectContaining({ level: 40, address: '127.0.0.1', keys: 3 })]);

  const refused = await call(pair, `bad-${randomUUID()}`, 'initialize');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  const { error } = (await refused.json()) as { error: { code: number; message: string } };
  expect(error.code).toBe(-32000);
  expect(error.message).toMatch(/Wait \d+ seconds/);

  const good = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
  expect((await good.call('search_businesses')).isError).toBe(false);
  expect(pair.partoo.requests.filter(({ status }) => status === 401)).toHaveLength(3);
  await pair.close();
});

test('arguments of a rejected key are not parsed: the response is about the key', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '2' });
  const send = (key: string, body: string) =>
    fetch(pair.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-APIKey': key },
      body,
    });
  const call = (id: string, args: object) =>
    JSON.stringify(rpc('tools/call', { name: 'update_business', arguments: args }, id));
  const large = { open_hours: { monday: '1,'.repeat(120_000) } };
  for (const [i, args] of [{}, large, { nothing: true }].entries()) {
    const body = (await (await send('bad', call(`call ${i}`, args))).json()) as {
      id: string;
      result: { isError: boolean; content: { text: string }[] };
    };
    expect(body).toMatchObject({ id: `call ${i}`, result: { isError: true } });
    expect(body.result.content[0]?.text).toContain('"invalid_api_key"');
  }
  const looked = pair.partoo.requests.map(({ path }) => path);
  expect(looked, 'one look-up, and nothing for the calls after it').toEqual([LOOK_UP]);

  await send('another-bad-one', call('2', large));
  const refused = await send('one-too-many', `${call('3', large)} not JSON`);
  expect(refused.status, 'refused by its headers, unparsed').toBe(429);
  await pair.close();
});

test('a large body of a key seen for the first time keeps all digits of its numbers', async () => {
  const pair = await startPair();
  const message = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_messages",
    "arguments":{"conversation_id":9007199254740993123}}}`;
  await fetch(pair.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-APIKey': 'demo-admin' },
    body: message + ' '.repeat(20_000),
  });
  const urls = pair.partoo.requests.map(({ url }) => url);
  expect(urls[0], 'the key first').toBe(LOOK_UP);
  expect(urls[1]).toContain('9007199254740993123');
  await pair.close();
});

test('rejected keys of requests for a stream count too', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '3' });
  const statuses = [];
  for (let i = 0; i < 5; i++) {
    const response = await call(pair, `bad-${randomUUID()}`, 'tools/call', 'text/event-stream');
    await response.text();
    statuses.push(response.status);
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  await pair.close();
});

test('one rejected key in a loop does not slow its address down', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '3' });
  await Promise.all(Array.from({ length: 6 }, () => call(pair, 'another-bad-one')));
  for (let i = 0; i < 6; i++) expect((await call(pair, 'demo-revoked')).status).toBe(200);
  const good = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
  expect((await good.call('search_businesses')).isError).toBe(false);
  await pair.close();
});

test.each([
  { TRUST_PROXY: 'false', forwarded: (i: number) => `10.0.0.${i}`, why: 'no X-Forwarded-For is trusted' },
  {
    TRUST_PROXY: 'loopback',
    forwarded: (i: number) => `10.0.0.${i}, 192.0.2.7`,
    why: 'only the entry of the proxy is trusted',
  },
])(
  'clients cannot make up addresses with TRUST_PROXY=$TRUST_PROXY: $why',
  async ({ TRUST_PROXY, forwarded }) => {
    const pair = await startPair({ BAD_KEYS_PER_MINUTE: '3', TRUST_PROXY });
    const statuses = [];
    for (let i = 0; i < 5; i++) {
      const from = { 'x-forwarded-for': forwarded(i) };
      statuses.push((await call(pair, `bad-${randomUUID()}`, 'tools/call', 'application/json', from)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await pair.close();
  },
);

test('with CLIENT_IP_HEADER the address is the one in that header, whatever X-Forwarded-For says', async () => {
  const pair = await startPair({
    BAD_KEYS_PER_MINUTE: '1',
    TRUST_PROXY: 'true',
    CLIENT_IP_HEADER: 'Fly-Client-IP',
  });
  const from = (address: string, forwarded: string) =>
    call(pair, `bad-${randomUUID()}`, 'tools/call', 'application/json', {
      'fly-client-ip': address,
      'x-forwarded-for': forwarded,
    });
  expect((await from('192.0.2.7', '10.0.0.1')).status).toBe(200);
  expect((await from('192.0.2.7', '10.0.0.2')).status).toBe(429);
  expect((await from('192.0.2.8', '10.0.0.1')).status).toBe(200);
  expect((await from('2001:db8::1', '10.0.0.1')).status).toBe(200);
  expect((await from('2001:db8::2', '10.0.0.1')).status, 'one network is one address').toBe(429);
  await pair.close();
});

test('behind a trusted proxy each client counts by its own address', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '1', TRUST_PROXY: 'loopback' });
  const from = (address: string) =>
    call(pair, `bad-${randomUUID()}`, 'tools/call', 'application/json', { 'x-forwarded-for': address });
  expect((await from('192.0.2.7')).status).toBe(200);
  expect((await from('192.0.2.7')).status).toBe(429);
  expect((await from('192.0.2.8')).status).toBe(200);
  await pair.close();
});

test('an accepted key of unknown organization is not slowed down by rejected keys from its address', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '3' });
  pair.partoo.faults.add({ kind: 'status', status: 404, path: LOOK_UP });
  expect((await call(pair, 'demo-admin')).status).toBe(200);
  for (let i = 0; i < 3; i++) await call(pair, `bad-${randomUUID()}`);
  expect((await call(pair, `bad-${randomUUID()}`)).status).toBe(429);
  expect((await call(pair, 'demo-admin')).status).toBe(200);
  await pair.close();
});

describe('keys of unknown status', () => {
  /** A server whose Partoo knows the key `1-known`, and refuses others. */
  async function behind(refusal: ScriptedResponse, settings: Record<string, string>) {
    const partoo = await startScriptedPartoo(({ key }) => (key === '1-known' ? undefined : refusal));
    const server = await startServer(partoo.baseUrl, settings);
    const close = async () => {
      await server.close();
      await partoo.close();
    };
    return { url: server.url, seen: () => partoo.requests.map(({ key }) => key), close };
  }

  test('may be tried at once up to five times BAD_KEYS_PER_MINUTE; more get a 429 of two seconds', async () => {
    const server = await behind({ status: 401, afterMs: 2_000 }, { BAD_KEYS_PER_MINUTE: '2' });
    expect((await call(server, '1-known')).status).toBe(200);
    const first = call(server, 'bad-0');
    await expect.poll(server.seen).toContain('bad-0');
    // The first comes again, and is one key.
    const asked = [first, ...Array.from({ length: 13 }, (_, i) => call(server, `bad-${i}`))];
    expect((await call(server, '1-known')).status, 'it goes on').toBe(200);
    const responses = await Promise.all(asked);
    const refused = responses.filter(({ status }) => status === 429);
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(11);
    expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(['2', '2', '2']);
    await server.close();
  });

  test('count as being tried until the last request of each has ended, for a whole IPv6 network', async () => {
    const settings = { BAD_KEYS_PER_MINUTE: '1', TRUST_PROXY: 'true', CLIENT_IP_HEADER: 'x-from' };
    const server = await behind({ status: 404, afterMs: 2_000 }, settings);
    const from = (address: string) => ({ 'x-from': address });
    const ask = (i: number, address: string) =>
      call(server, `unknown-${i}`, 'tools/call', 'application/json', from(address));
    const asked = Array.from({ length: 5 }, (_, i) => ask(i, `2001:db8::${i}`));
    await expect.poll(() => new Set(server.seen()).size).toBe(5);
    // The same key once more, from a client that disconnects.
    const disconnect = new AbortController();
    const again = fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-APIKey': 'unknown-0', ...from('2001:db8::a') },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_businesses"}}',
      signal: disconnect.signal,
    }).catch(() => undefined);
    await sleep(200);
    disconnect.abort();
    await again;
    await sleep(100);
    expect((await ask(9, '2001:db8::b')).status).toBe(429);
    for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
    await server.close();
  });

  test('count when Partoo rejects them, although the client disconnected before', async () => {
    const server = await behind({ status: 401, afterMs: 500 }, { BAD_KEYS_PER_MINUTE: '1' });
    const client = new AbortController();
    const asked = call(server, 'bad-0', 'tools/call', 'application/json', {}, client.signal);
    await expect.poll(server.seen).toContain('bad-0');
    client.abort();
    await expect(asked).rejects.toThrow();
    await sleep(1_000);
    expect((await call(server, 'bad-1')).status).toBe(429);
    await server.close();
  });

  test('make room when their request has ended, whatever its response', async () => {
    const server = await behind({ status: 404, afterMs: 0 }, { BAD_KEYS_PER_MINUTE: '1' });
    for (let i = 0; i < 7; i++) expect((await call(server, `unknown-${i}`)).status).toBe(200);
    await server.close();
  });
});

describe.skipIf(!redisUrl)('with Redis', () => {
  const settings = { BAD_KEYS_PER_MINUTE: '3', TRUST_PROXY: 'loopback' };
  const bad = async (pair: RunningPair, address: string) => {
    const from = { 'x-forwarded-for': address };
    return (await call(pair, `bad-${randomUUID()}`, 'tools/call', 'application/json', from)).status;
  };

  test('replicas count the rejected keys of an address together', async () => {
    const env = { ...settings, REDIS_URL: redisUrl as string };
    const [one, other] = await Promise.all([startPair(env), startPair(env)]);
    const statuses = [];
    for (const pair of [one, other, one, other, one]) statuses.push(await bad(pair, '192.0.2.1'));
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(await bad(other, '192.0.2.2'), 'another address').toBe(200);
    await Promise.all([one.close(), other.close()]);
  });

  test.each([
    { what: 'a key', faults: [] },
    {
      what: 'a key of unknown organization',
      faults: [{ kind: 'status', status: 404, path: LOOK_UP, times: 10 } as const],
    },
  ])(
    '$what that one replica has seen accepted is not slowed down at another, nor after a restart',
    async ({ faults }) => {
      // A secret of its own: other tests have the same keys accepted in the same Redis.
      const env = { ...settings, REDIS_URL: redisUrl as string, KEY_HASH_SECRET: `${randomUUID()}` };
      const from = { 'x-forwarded-for': `192.0.2.${100 + faults.length}` };
      const ask = async (pair: { url: string }, key: string) =>
        (await call(pair, key, 'tools/call', 'application/json', from)).status;
      const pair = await startPair(env);
      for (const fault of faults) pair.partoo.faults.add(fault);
      const partoo = `${pair.partoo.app.listeningOrigin}/v2`;
      expect(await ask(pair, 'demo-admin')).toBe(200);
      const other = await startServer(partoo, env);
      for (let i = 0; i < 3; i++) expect(await ask(other, `bad-${randomUUID()}`)).toBe(200);
      expect(await ask(other, `bad-${randomUUID()}`), 'the address is held up').toBe(429);
      expect(await ask(other, 'demo-admin')).toBe(200);

      pair.partoo.faults.add({ kind: 'status', status: 401, path: /./, times: 2 });
      expect(await ask(other, 'demo-admin'), 'Partoo rejects it').toBe(200);
      await other.close();
      const restarted = await startServer(partoo, env);
      expect(await ask(restarted, 'demo-admin'), 'and from then on it is as any other').toBe(429);
      await Promise.all([restarted.close(), pair.close()]);
    },
  );

  test('a key is not tried for a client that disconnected while Redis was asked for its address', async () => {
    const { hostname, port } = new URL(redisUrl as string);
    const proxy = await tcpProxy(hostname, Number(port));
    const pair = await startPair({ ...settings, REDIS_URL: `redis://127.0.0.1:${proxy.port}/6` });
    proxy.hang();
    const client = new AbortController();
    const key = `bad-${randomUUID()}`;
    const asked = call(pair, key, 'tools/call', 'application/json', {}, client.signal);
    await sleep(200);
    client.abort();
    await expect(asked).rejects.toThrow();
    await expect
      .poll(() => pair.log.filter(({ msg }) => msg === 'the client disconnected'), { timeout: 5_000 })
      .toHaveLength(1);
    expect(pair.partoo.requests).toEqual([]);
    await pair.close();
    await proxy.close();
  });

  test('a lost Redis refuses and delays no one', async () => {
    const { hostname, port } = new URL(redisUrl as string);
    const proxy = await tcpProxy(hostname, Number(port));
    const pair = await startPair({ ...settings, REDIS_URL: `redis://127.0.0.1:${proxy.port}/6` });
    expect(await bad(pair, '192.0.2.3')).toBe(200);
    proxy.cut();
    for (let i = 0; i < 5; i++) expect(await bad(pair, '192.0.2.3')).toBe(200);
    const good = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
    expect((await good.call('search_businesses')).isError).toBe(false);
    await pair.close();
    await proxy.close();
  });
});
