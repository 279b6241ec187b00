import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';
import { connectCurl, connectV1, connectV2, errorIn, sendByCurl } from '../support/clients.ts';
import { spawnServer, startProcess } from '../support/process.ts';
import { redisDatabase } from '../support/redis-database.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { ALL } from '../support/tool-filter.ts';

const KEY = { 'x-APIKey': 'demo-admin' };
const redisUrl = redisDatabase(1);

test.each([
  { era: 'curl', connect: connectCurl },
  { era: '2025-11-25', connect: connectV1 },
  { era: '2026-07-28', connect: connectV2 },
])(
  'after SIGTERM and the grace, the process refuses connections, finishes calls in flight ($era) and exits with 0',
  async ({ connect }) => {
    const partoo = createEmulator();
    const server = await startProcess({ PARTOO_BASE_URL: await partoo.listen() });
    partoo.faults.add({ kind: 'latency', ms: 1_000 });
    const client = await connect(server.url, KEY);
    const inFlight = client.call('search_businesses');
    await expect.poll(() => partoo.requests.length).toBeGreaterThan(0);

    const exit = server.stop('SIGTERM');
    await sleep(200);
    await expect(connectedTo(server.url)).rejects.toThrow('ECONNREFUSED');
    expect((await inFlight).isError).toBe(false);
    expect(await exit).toBe(0);
    expect(server.output()).toContain('stopping');
    await partoo.close();
  },
);

async function connectedTo(url: string) {
  const { hostname, port } = new URL(url);
  await once(connect(Number(port), hostname), 'connect');
}

test('a process with an invalid configuration prints every fault and exits with 1', async () => {
  const { child, output } = spawnServer({ PORT: 'abc', LOG_LEVEL: 'loud', PARTOO_ENV: 'demo' });
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(output()).toMatch(/2 fault\(s\):\n- PORT: .*\n- LOG_LEVEL: /);
});

test('an unhandled rejection is logged as an error, and the process goes on', async () => {
  // On a signal, as only a bug of ours would leave one.
  const bug =
    "process.on('SIGWINCH', () => { Promise.reject(new TypeError('unexpected')); Promise.reject(1) })";
  const partoo = createEmulator();
  const server = await startProcess({
    PARTOO_BASE_URL: await partoo.listen(),
    NODE_OPTIONS: `--import="data:text/javascript,${bug}"`,
  });
  server.child.kill('SIGWINCH');
  await expect.poll(() => server.output()).toMatch(/"level":50.*TypeError: unexpected\\n.*a bug of this/);
  const client = await connectCurl(server.url, KEY);
  expect((await client.call('search_businesses')).isError).toBe(false);
  expect(await server.stop('SIGTERM')).toBe(0);
  await partoo.close();
});

test('the commands and configurations that the demo prints work as they are', async () => {
  const server = await startProcess({ PARTOO_ENV: 'demo' });
  await expect.poll(() => server.output()).toContain('curl -s');
  const output = server.output();

  const [, cursor] = /Cursor.*\n +(\{.*\})/.exec(output) ?? [];
  const { url, headers } = JSON.parse(cursor as string).mcpServers.partoo;
  const client = await connectV1(url, headers);
  expect(await client.listTools()).toHaveLength(ALL.length);
  await client.close();

  const [, vscode] = /VS Code.*\n +(\{.*\})/.exec(output) ?? [];
  expect(JSON.parse(vscode as string).servers.partoo).toEqual({ type: 'http', url, headers });

  const [, body] = /curl -s .* -d '(.*)'/.exec(output) ?? [];
  const response = JSON.parse(
    await sendByCurl(url, { 'content-type': 'application/json', ...headers }, body as string),
  );
  expect(response.result.structuredContent.businesses).toHaveLength(3);

  for (const key of ['demo-admin', 'demo-colleague', 'demo-manager', 'demo-other', 'demo-revoked']) {
    expect(output).toContain(key);
  }
  expect(await server.stop('SIGINT')).toBe(0);
});

describe.skipIf(!redisUrl)('with Redis', () => {
  test('two processes share the limit of a key', async () => {
    const partoo = createEmulator();
    const env = {
      PARTOO_BASE_URL: await partoo.listen(),
      REDIS_URL: redisUrl as string,
      RATE_LIMIT_PER_MINUTE: '20',
      RATE_LIMIT_MAX_WAIT_MS: '0',
    };
    const servers = await Promise.all([startProcess(env), startProcess(env)]);
    const clients = await Promise.all(
      servers.map(({ url }) => connectV2(url, { 'x-APIKey': 'demo-colleague' })),
    );
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        clients[i % 2]?.call('search_businesses', { page: i + 1, per_page: 1 }),
      ),
    );
    expect(partoo.requests).toHaveLength(20);
    const refused = results.filter(result => result?.isError);
    // Each process may look up the key's organization itself; those requests count, too.
    const lookUps = partoo.requests.filter(({ path }) => path.endsWith('/user/me')).length;
    expect(lookUps).toBeLessThanOrEqual(2);
    expect(refused).toHaveLength(50 - (20 - lookUps));
    for (const result of refused) expect(errorIn(result as never)).toMatchObject({ code: 'rate_limited' });

    await Promise.all(clients.map(client => client.close()));
    expect(await Promise.all(servers.map(({ stop }) => stop()))).toEqual([0, 0]);
    await partoo.close();
  });

  test('a 429 from Partoo to one process pauses the key in the other', async () => {
    const partoo = createEmulator();
    const env = { PARTOO_BASE_URL: await partoo.listen(), REDIS_URL: redisUrl as string };
    const [one, other] = await Promise.all([startProcess(env), startProcess(env)]);
    partoo.faults.add({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '40' },
      path: '/v2/business/search',
    });
    const key = { 'x-APIKey': 'demo-other' };
    const first = await (await connectCurl(one.url, key)).call('search_businesses');
    expect(errorIn(first)).toMatchObject({ code: 'rate_limited', retry_after_seconds: 40 });
    const second = await (await connectCurl(other.url, key)).call('search_businesses');
    expect(errorIn(second)).toMatchObject({ code: 'rate_limited' });
    expect(partoo.requests.map(({ path }) => path)).toEqual(['/v2/user/me', '/v2/business/search']);
    await Promise.all([one.stop(), other.stop(), partoo.close()]);
  });

  test('/readyz is 503 while Redis is lost, and calls go on, with one warning', async () => {
    const { hostname, port } = new URL(redisUrl as string);
    const proxy = await tcpProxy(hostname, Number(port));
    const server = await startProcess({ PARTOO_ENV: 'demo', REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
    const ready = () => fetch(server.url.replace('/mcp', '/readyz'));
    await expect.poll(async () => (await ready()).status).toBe(200);

    proxy.cut();
    const client = await connectCurl(server.url, KEY);
    for (let i = 0; i < 5; i++) expect((await client.call('search_businesses')).isError).toBe(false);
    expect((await ready()).status).toBe(503);
    expect((await fetch(server.url.replace('/mcp', '/healthz'))).status).toBe(200);
    expect(server.output().match(/Redis is lost/g)).toHaveLength(1);

    proxy.restore();
    await expect.poll(async () => (await ready()).status, { timeout: 10_000 }).toBe(200);
    await expect
      .poll(
        async () => {
          await client.call('search_businesses');
          return server.output();
        },
        { timeout: 10_000, interval: 300 },
      )
      .toContain('Redis is back');
    expect(await server.stop()).toBe(0);
    await proxy.close();
  });
});

test('a log line is written within seconds, without further lines', async () => {
  const server = await startProcess({ PARTOO_ENV: 'demo' });
  const client = await connectV2(server.url, KEY);
  await client.call('search_businesses');
  await expect.poll(server.output, { timeout: 3_000 }).toContain('"outcome":"ok"');
  // A killed process cannot write what it still holds.
  await server.stop('SIGKILL');
});
