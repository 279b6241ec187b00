import { once } from 'node:events';
import { expect, test } from 'vitest';
import { type RawSocket, rawRequest, rawSocket } from '../../support/raw-socket.ts';
import { rpc } from '../../support/rpc.ts';
import { startPair } from '../../support/start.ts';

/** Bodies that arrive slowly, or never completely, must not fill the memory of this process. */

const LARGE = JSON.stringify(
  rpc('tools/call', { name: 'search_businesses', arguments: { query: 'x'.repeat(250_000) } }),
);

test('large bodies over the budget get 503, while other addresses and accepted keys have room', async () => {
  const pair = await startPair({ CLIENT_IP_HEADER: 'client-ip' });
  const answered: string[] = [];
  /** Sends a body but for its end. */
  const stall = (headers: Record<string, string> = {}, how = 'with its length'): RawSocket => {
    const raw = rawSocket(pair.origin);
    const request = rawRequest(LARGE, { 'client-ip': '192.0.2.1', ...headers });
    const [head = '', body = ''] = request.split('\r\n\r\n');
    const chunked = `${head.replace(/content-length.*/, 'transfer-encoding: chunked')}\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n`;
    raw.socket.write(how === 'in chunks' ? chunked : request.slice(0, -1));
    raw.socket.once('data', data => answered.push(String(data).slice(9, 12)));
    return raw;
  };
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(pair.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'client-ip': '192.0.2.1', ...headers },
      body,
    });
  const small = LARGE.replaceAll('x', '');
  expect((await post(small, { 'x-APIKey': 'demo-admin' })).status).toBe(200);

  const held = Array.from({ length: 30 }, (_, i) =>
    stall({ 'x-APIKey': `made-up-${i}` }, i % 2 ? 'in chunks' : 'with its length'),
  );
  await expect.poll(() => answered.length).toBeGreaterThan(13);
  expect(new Set(answered)).toEqual(new Set(['503']));
  const refused = await post(LARGE, { 'x-APIKey': 'made-up' });
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(await refused.json()).toMatchObject({
    error: { message: expect.stringContaining('Nothing was done') },
  });

  expect((await post(small)).status, 'a small body').toBe(200);
  expect((await post(LARGE, { 'client-ip': '192.0.2.2' })).status, 'another address').toBe(200);
  expect((await post(LARGE, { 'x-APIKey': 'demo-admin' })).status, 'an accepted key').toBe(200);

  for (const { socket } of held) socket.destroy();
  await expect.poll(async () => (await post(LARGE)).status, { message: 'there is room again' }).toBe(200);
  await pair.close();
});

test('a route that reads no body responds before the body has arrived', async () => {
  const pair = await startPair();
  const { socket } = rawSocket(pair.origin);
  socket.write(rawRequest(LARGE).replace('/mcp', '/nothing').slice(0, -1));
  const [response] = await once(socket, 'data');
  expect(String(response)).toContain(' 404 ');
  socket.destroy();
  await pair.close();
});
