import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { ENVELOPE, post } from '../support/post.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { rawRequest } from '../support/raw-socket.ts';
import { redisDatabase } from '../support/redis-database.ts';
import { rpc } from '../support/rpc.ts';
import { exceptLookUps, type ScriptedPartoo, startScriptedPartoo } from '../support/scripted-partoo.ts';

/** Clients may disconnect at any time. That is not a fault of this server, and must not affect others. */

const redisUrl = redisDatabase(11);

const REVOKED = '1-revoked';

/** More than a socket buffers, so that a client can disconnect while it reads. */
const MANY = Array.from({ length: 100 }, (_, id) => ({ id: `business-${id}`, name: 'x'.repeat(3_000) }));

const call = (name: string, args: object, _meta?: object) =>
  rpc('tools/call', { name, arguments: args, ...(_meta && { _meta }) });
const SEARCH = call('search_businesses', { detail: 'full', fields: 'name' });
const SEND = (content: string) => call('send_message', { conversation_id: 1, content });

let server: ServerProcess;
let partoo: ScriptedPartoo;
afterEach(async () => {
  await server.stop('SIGKILL');
  await partoo.close();
});

const linesFrom = (level: number) =>
  server
    .output()
    .split('\n')
    .filter(line => line.startsWith('{') && JSON.parse(line).level >= level);

async function connected(): Promise<Socket> {
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname).on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

async function expectUnharmed(): Promise<void> {
  expect(server.child.exitCode, server.output().slice(-2_000)).toBeNull();
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  expect(linesFrom(40)).toEqual([]);
  const { body } = await post(server.url, SEARCH, { 'x-APIKey': '1-another' });
  expect(body.result).toHaveProperty('structuredContent');
}

describe.each(redisUrl ? ['Redis', 'memory'] : ['memory'])('with limits in %s', where => {
  test('a client with a revoked key that disconnects before the refusal does no harm', async () => {
    let revoked = false;
    partoo = await startScriptedPartoo(
      exceptLookUps(({ method, key }) => {
        if (revoked && key === REVOKED) return { status: 401, afterMs: 200, body: { error: 'no' } };
        return method === 'GET' ? undefined : { body: { message_id: 1 } };
      }),
    );
    server = await startProcess({
      PARTOO_BASE_URL: partoo.baseUrl,
      ...(where === 'Redis' && {
        REDIS_URL: redisUrl as string,
        KEY_HASH_SECRET: randomBytes(32).toString('hex'),
      }),
    });
    await post(server.url, SEND('accepted'), { 'x-APIKey': REVOKED });
    revoked = true;
    const socket = await connected();
    socket.write(rawRequest(JSON.stringify(SEND('hung up')), { 'x-apikey': REVOKED }));
    const writes = () => partoo.requests.filter(({ method }) => method === 'POST').length;
    await expect.poll(writes, { timeout: 5_000 }).toBe(2);
    socket.resetAndDestroy();
    await expect.poll(() => server.output()).toContain('invalid_api_key');
    await sleep(200);
    await expectUnharmed();
  });
});

test('1,500 disconnects at all stages of requests log no warning and no error', async () => {
  partoo = await startScriptedPartoo(
    exceptLookUps(({ method }) => ({
      afterMs: Math.random() * 60,
      body:
        method === 'GET' ? { businesses: MANY, count: MANY.length } : { status: 'success', message_id: 1 },
    })),
  );
  server = await startProcess({ PARTOO_BASE_URL: partoo.baseUrl, RATE_LIMIT_PER_MINUTE: '100000' });
  for (let begun = 0; begun < 1_500; begun += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, i) => hangUp(begun + i)));
  }
  await sleep(500);
  await expectUnharmed();
});

test('clients that disconnect while they wait for the rate limit cause no warning and no error', async () => {
  partoo = await startScriptedPartoo(() => undefined);
  server = await startProcess({ PARTOO_BASE_URL: partoo.baseUrl, RATE_LIMIT_PER_MINUTE: '60' });
  for (let i = 0; i < 59; i++) await post(server.url, SEARCH, { 'x-APIKey': '1-waits' });
  await Promise.all(Array.from({ length: 40 }, (_, i) => hangUp(i, '1-waits')));
  await sleep(300);
  expect(server.child.exitCode).toBeNull();
  expect(linesFrom(40)).toEqual([]);
});

const STREAMED = { accept: 'application/json, text/event-stream' };
const MODERN = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call' };

/** One request of each kind that this server treats differently. */
const REQUESTS: ((key: string) => string)[] = [
  key => rawRequest(JSON.stringify(SEARCH), { 'x-apikey': key }),
  key => rawRequest(JSON.stringify(SEND(`${Math.random()}`)), { 'x-apikey': key }),
  key => rawRequest(JSON.stringify(rpc('tools/list')), { 'x-apikey': key }),
  key =>
    rawRequest(JSON.stringify(call('search_businesses', {}, { progressToken: 1 })), {
      'x-apikey': key,
      ...STREAMED,
    }),
  key => rawRequest(JSON.stringify([SEARCH, { ...SEARCH, id: 2 }]), { 'x-apikey': key, ...STREAMED }),
  key => rawRequest(JSON.stringify(SEARCH), { 'x-apikey': key, accept: 'text/event-stream' }),
  key =>
    rawRequest(JSON.stringify(call('search_businesses', {}, { ...ENVELOPE, progressToken: 1 })), {
      'x-apikey': key,
      ...STREAMED,
      ...MODERN,
      'mcp-name': 'search_businesses',
    }),
  key => rawRequest(JSON.stringify(SEARCH), { 'x-apikey': key }).repeat(3),
  key => rawRequest('{"jsonrpc":"2.0","id":1,"method":"nothing"', { 'x-apikey': key }),
  () => 'GET /tools HTTP/1.1\r\nhost: localhost\r\n\r\n',
];

/** Sends a part of a request, or all of it and reads a part of the response, and disconnects in one of three ways. */
async function hangUp(number: number, key = `1-key-${number % 20}`): Promise<void> {
  const socket = await connected();
  const request = (REQUESTS[number % REQUESTS.length] as (key: string) => string)(key);
  const whole = Math.random() < 0.7;
  socket.write(whole ? request : request.slice(0, Math.random() * request.length));
  if (Math.random() < 0.3) await Promise.race([once(socket, 'data'), sleep(200)]);
  else await sleep(Math.random() * 120);
  const leave = number % 3;
  if (leave === 0) socket.destroy();
  else if (leave === 1) socket.resetAndDestroy();
  else {
    socket.end();
    await sleep(5);
    socket.destroy();
  }
}
