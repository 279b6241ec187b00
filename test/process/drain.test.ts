import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmulator, type PartooEmulator } from '../../src/partoo-emulator/emulator.ts';
import { connectCurl } from '../support/clients.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { rawRequest } from '../support/raw-socket.ts';
import { rpc } from '../support/rpc.ts';

const KEY = { 'x-APIKey': 'demo-admin' };
const GRACE_MS = 2_000;
const PING = JSON.stringify(rpc('ping'));

let partoo: PartooEmulator;
let server: ServerProcess;
let partooUrl: string;
beforeEach(async () => {
  partoo = createEmulator();
  partooUrl = await partoo.listen();
  server = await startProcess({ PARTOO_BASE_URL: partooUrl, DRAIN_GRACE_MS: String(GRACE_MS) });
});
afterEach(async () => {
  await Promise.all([server.stop('SIGKILL'), partoo.close()]);
});

const page = (path: string) => server.url.replace('/mcp', path);
const search = async () => (await connectCurl(server.url, KEY)).call('search_businesses');
const newAgent = () => new Agent({ keepAlive: true, maxSockets: 1 });

async function connected() {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** Sends a call over a kept-alive connection of its own, as load balancers do. */
function callOn(agent: Agent, { progressToken }: { progressToken?: string } = {}) {
  const params = {
    name: 'search_businesses',
    arguments: {},
    ...(progressToken && { _meta: { progressToken } }),
  };
  const call = request(server.url, {
    agent,
    method: 'POST',
    headers: { ...KEY, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
  });
  call.end(JSON.stringify(rpc('tools/call', params)));
  return (async () => {
    const [response] = await once(call, 'response');
    let body = '';
    for await (const chunk of response) body += chunk;
    return {
      status: response.statusCode,
      connection: response.headers.connection,
      body,
      socket: call.socket,
    };
  })();
}

test('during the grace after SIGTERM calls are served, and /readyz says draining', async () => {
  const exit = server.stop('SIGTERM');
  await expect.poll(async () => (await fetch(page('/readyz'))).status).toBe(503);
  const ready = await fetch(page('/readyz'));
  expect(await ready.json()).toMatchObject({ status: 'draining', redis: 'not configured' });
  expect((await fetch(page('/healthz'))).status).toBe(200);
  expect((await search()).isError).toBe(false);

  expect(await exit).toBe(0);
  await expect(fetch(page('/healthz'))).rejects.toThrow();
});

test('after the grace new connections are refused, and open ones may send one more call', async () => {
  const [stream, plain] = [newAgent(), newAgent()];
  const [first] = await Promise.all([callOn(stream, { progressToken: 'p' }), callOn(plain)]);
  expect(first.connection).toBe('keep-alive');
  const exit = server.stop('SIGTERM');
  await sleep(GRACE_MS + 500);
  await expect(connected()).rejects.toThrow('ECONNREFUSED');

  const [second, slow] = await Promise.all([callOn(stream), callOn(plain)]);
  expect(second.socket, 'the same connection').toBe(first.socket);
  for (const { status, body, connection } of [second, slow]) {
    expect(status).toBe(200);
    expect(body).toContain('structuredContent');
    expect(connection).toBe('close');
  }
  expect(await exit).toBe(0);
});

test('a call longer than the grace is finished, and idle connections do not delay the exit', async () => {
  await callOn(newAgent());
  const slowMs = GRACE_MS + 3_000;
  partoo.faults.add({ kind: 'latency', ms: slowMs, path: '/v2/business/search' });
  // Its headers precede the stop, since a stream begins with its call.
  const slow = callOn(newAgent(), { progressToken: 'p' });
  await expect
    .poll(() => partoo.requests.filter(({ path }) => path === '/v2/business/search').length)
    .toBe(2);
  const started = performance.now();
  const exit = server.stop('SIGTERM');
  const { body, connection } = await slow;
  expect(connection).toBe('keep-alive');
  expect(body).toContain('structuredContent');
  expect(await exit).toBe(0);
  expect(performance.now() - started).toBeLessThan(slowMs + 5_000);
});

test('a call that arrives after the grace, on a connection opened during it, is served', async () => {
  const exit = server.stop('SIGTERM');
  await sleep(GRACE_MS - 200);
  const socket = await connected();
  // The second that a new connection has to call, and most of the two that open ones have after it.
  await sleep(2_450);
  socket.write(rawRequest(PING));
  const [response] = await once(socket, 'data');
  expect(String(response)).toMatch(/^HTTP\/1.1 200 OK.*connection: close/is);
  expect(await exit).toBe(0);
});

test('a silent connection does not delay the exit', async () => {
  await connected();
  const started = performance.now();
  expect(await server.stop('SIGINT'), 'without a grace').toBe(0);
  expect(performance.now() - started).toBeLessThan(GRACE_MS);
});

const HALF_A_HEADER = 'POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ';
const HALF_A_BODY = rawRequest(PING).slice(0, -10);

async function restart(settings: Record<string, string>) {
  await server.stop('SIGKILL');
  server = await startProcess({ PARTOO_BASE_URL: partooUrl, ...settings });
}

test('clients that send a request slowly do not delay the exit', async () => {
  await restart({ REQUEST_TIMEOUT_MS: '4000' });
  const slow = await Promise.all([connected(), connected(), connected()]);
  const [header, body, again] = slow;
  for (const socket of slow) socket.on('error', () => {});
  again.write(rawRequest(PING));
  await once(again, 'data');
  for (const socket of [header, again]) socket.write(HALF_A_HEADER);
  body.write(rawRequest('x'.repeat(10_000)).slice(0, -9_999));
  const trickle = setInterval(() => {
    for (const socket of slow) socket.write('a');
  }, 200);
  try {
    expect(await server.stop('SIGTERM')).toBe(0);
  } finally {
    clearInterval(trickle);
  }
}, 20_000);

test('clients that read a response slowly, or send half a request, delay the exit no longer than a call may take', async () => {
  await restart({ TOOL_DEADLINE_MS: '5000' });
  const [reader, header, body] = await Promise.all([connected(), connected(), connected()]);
  for (const socket of [reader, header, body]) socket.on('error', () => {});
  header.write(HALF_A_HEADER);
  body.write(HALF_A_BODY);
  // More than the system buffers for a client that does not read.
  reader.write(rawRequest(JSON.stringify(rpc('tools/list'))).repeat(500));
  await once(reader, 'readable');
  const sips = setInterval(() => reader.read(4_096), 2_000);
  try {
    expect(await server.stop('SIGTERM')).toBe(0);
  } finally {
    clearInterval(sips);
    reader.destroy();
  }
}, 30_000);
