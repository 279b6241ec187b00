import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { post } from '../support/post.ts';
import { rawRequest, rawSocket } from '../support/raw-socket.ts';
import { rpc } from '../support/rpc.ts';
import { type RunningPair, startPair } from '../support/start.ts';

/** Hostile clients get a proper status or are disconnected, and other clients are still served. */

const CALL = rpc('tools/call', { name: 'search_businesses' });
const LIST = rpc('tools/list');
const PING = JSON.stringify(rpc('ping'));
const statusesIn = (text: string) =>
  [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));

let pair: RunningPair;
const start = async (env: Record<string, string>) => {
  pair = await startPair({ REQUEST_TIMEOUT_MS: '1000', ...env });
};
const expectServed = async () => expect((await post(pair.url, LIST)).status).toBe(200);

afterEach(async () => {
  const loud = pair.log.filter(({ level }) => Number(level) >= 40);
  await pair.close();
  expect(loud, 'no warning for the operator').toEqual([]);
});

describe('a slow client', () => {
  beforeEach(() => start({}));

  test.each([
    ['headers', 'POST /mcp HTTP/1.1\r\nhost: localhost\r\n'],
    ['a body', rawRequest(PING).slice(0, -30)],
  ])('that sends %s byte by byte gets 408', async (_what, beginning) => {
    const { socket, ended } = rawSocket(pair.origin);
    socket.write(beginning);
    const drip = setInterval(() => socket.write('x'), 200);
    expect(statusesIn(await ended)).toEqual([408]);
    clearInterval(drip);
    await expectServed();
  });

  test('that sends nothing is disconnected', async () => {
    expect(statusesIn(await rawSocket(pair.origin).ended)).toEqual([408]);
  });
});

test.each([
  ['does not read responses', () => {}],
  [
    'reads responses very slowly',
    (socket: Socket) => {
      const sip = setInterval(() => socket.read(1_500), 200);
      socket.once('close', () => clearInterval(sip));
    },
  ],
])(
  'a client that %s is disconnected after the longest possible call, which frees its connection',
  async (_what, read) => {
    await start({ TOOL_DEADLINE_MS: '1000', REQUEST_TIMEOUT_MS: '1000', MAX_CONNECTIONS: '1' });
    const { socket } = rawSocket(pair.origin);
    socket.removeAllListeners('data').pause();
    read(socket);
    for (let i = 0; i < 300; i++) socket.write(rawRequest(JSON.stringify(LIST)));
    await sleep(500);
    await expect(post(pair.url, LIST), 'no connection is free').rejects.toThrow();
    await expect.poll(() => post(pair.url, LIST).catch(() => undefined), { timeout: 5_000 }).toBeDefined();
    socket.destroy();
  },
  20_000,
);

test('connections above MAX_CONNECTIONS are closed at once; open ones still work', async () => {
  await start({ MAX_CONNECTIONS: '3', REQUEST_TIMEOUT_MS: '5000' });
  const sockets = Array.from({ length: 3 }, () => rawSocket(pair.origin));
  await sleep(200);
  const oneMore = rawSocket(pair.origin);
  expect(await oneMore.ended).toBe('');
  for (const { socket, received } of sockets) {
    socket.write(rawRequest(PING));
    await expect.poll(() => statusesIn(received())).toEqual([200]);
    socket.destroy();
  }
  await expect.poll(() => post(pair.url, LIST).catch(() => undefined)).toBeDefined();
});

describe('on a raw connection', () => {
  beforeEach(() => start({}));

  const send = (text: string | Buffer) => {
    const { socket, ended } = rawSocket(pair.origin);
    socket.end(text);
    return ended;
  };

  test('a client that has closed its side still gets its response', async () => {
    expect(await send(rawRequest(PING))).toMatch(/^HTTP\/1\.1 200 .*"result":\{/s);
  });

  test('pipelined requests are answered in order, and garbage after them ends the connection', async () => {
    const { socket, received, ended } = rawSocket(pair.origin);
    socket.write(rawRequest(PING) + rawRequest(PING));
    await expect.poll(() => statusesIn(received())).toEqual([200, 200]);
    socket.write('\u0000\u0001garbage\r\n\r\n');
    expect(statusesIn(await ended)).toEqual([200, 200, 400]);
    await expectServed();
  });

  test.each([
    ['garbage', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', 400],
    ['the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['headers of 20 KiB', `POST /mcp HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a URL of 20 KiB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`, 431],
    ['two lengths', rawRequest(PING, { 'Content-Length': '3' }), 400],
    ['a length and chunks', rawRequest(PING, { 'transfer-encoding': 'chunked' }), 400],
    ['a length below 0', rawRequest('', { 'content-length ': '-1' }), 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a line end within a header', rawRequest(PING, { 'x-apikey': 'a\nb: c' }), 400],
    ['NUL within a header', rawRequest(PING, { 'x-apikey': 'a\u0000b' }), 400],
    [
      'a body announced as longer than 256 KiB',
      rawRequest('').replace('length: 0', 'length: 99999999999'),
      413,
    ],
  ])('%s is refused, and the connection is closed', async (_what, text, status) => {
    expect(statusesIn(await send(Buffer.from(text, 'latin1')))).toEqual([status]);
    await expectServed();
  });
});

describe('a message', () => {
  beforeEach(() => start({}));

  const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
  const call = (args: string) =>
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_businesses","arguments":${args}}}`;

  test.each([
    ['nested 100,000 deep', nested('[', ']', 100_000), 400],
    ['whose id is nested', `{"jsonrpc":"2.0","method":"tools/list","id":${nested('[', ']', 100_000)}}`, 400],
    ['whose arguments are nested', call(`{"city":${nested('[', ']', 100_000)}}`), 200],
    ['whose arguments are nested objects', call(nested('{"a":', '}', 30_000).replace(':}', ':1}')), 200],
    ['that is an array of 100,000', `[${'1,'.repeat(100_000)}1]`, 400],
    [
      'with 20,000 arguments',
      call(`{${Array.from({ length: 20_000 }, (_, i) => `"a${i}":1`).join(',')}}`),
      200,
    ],
    ['with a list of 50,000', call(`{"business__in":[${'"x",'.repeat(50_000)}"x"]}`), 200],
    [
      'with an id of 200,000 digits',
      `{"jsonrpc":"2.0","method":"tools/list","id":${'9'.repeat(200_000)}}`,
      400,
    ],
    ['with an id of 1e400', '{"jsonrpc":"2.0","method":"tools/list","id":1e400}', 400],
    ['that sets a prototype', call('{"__proto__":{"polluted":true}}'), 400],
    [
      'that sets a prototype through its constructor',
      call('{"constructor":{"prototype":{"polluted":true}}}'),
      400,
    ],
    ['with names of inherited properties', call('{"toString":1,"hasOwnProperty":1,"valueOf":1}'), 200],
    [
      'that is a batch of 101',
      JSON.stringify(Array.from({ length: 101 }, (_, id) => ({ ...CALL, id }))),
      400,
    ],
    ['that lists the tools twice in a batch', JSON.stringify([LIST, { ...LIST, id: 2 }]), 400],
    ['that gives two requests of a batch one id', JSON.stringify([CALL, CALL]), 400],
    ['in UTF-16', Buffer.from(PING, 'utf16le'), 400],
    ['that is not valid UTF-8', Buffer.from(call('{"city":"\u00ff\u00fe"}'), 'latin1'), 400],
    ['with half a surrogate pair', call('{"city":"\\ud800"}'), 200],
  ])('%s gets a JSON-RPC response', async (_what, body, status) => {
    const response = await fetch(pair.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-apikey': 'demo-admin' },
      body,
    });
    expect(response.status).toBe(status);
    const message = (await response.json()) as { jsonrpc: string; error?: { code: number } };
    expect(message.jsonrpc).toBe('2.0');
    if (status >= 400) expect(message.error?.code).toBeLessThan(-31_999);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    await expectServed();
  });

  test('with a tool name of 200,000 letters gets an error that quotes only its beginning', async () => {
    const { body } = await post(pair.url, {
      method: 'tools/call',
      params: { name: 'x'.repeat(200_000), arguments: {} },
    });
    expect(body.error?.message).toMatch(/^Unknown tool: x{100}\./);
  });
});
