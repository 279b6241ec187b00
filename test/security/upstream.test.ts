import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { connectPlain } from '../support/clients.ts';
import { post } from '../support/post.ts';
import { startServer } from '../support/start.ts';

/** A caller's key is sent only to the configured Partoo, whatever the caller or Partoo says. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Starts a server that responds with this status and these headers, and records its requests. */
async function listen(status: number, headers: Record<string, string> = {}) {
  const received: Pick<IncomingMessage, 'url' | 'headers'>[] = [];
  const server = createServer((request, response) => {
    received.push({ url: request.url, headers: request.headers });
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{"org_id":1}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close().closeAllConnections());
  return { origin: `http://127.0.0.1:${(server.address() as { port: number }).port}`, received };
}

async function serve(partoo: string) {
  const server = await startServer(`${partoo}/v2`, {
    RATE_LIMIT_PER_MINUTE: '100000',
    BAD_KEYS_PER_MINUTE: '100000',
    // Too short to verify a write whose outcome is unknown.
    TOOL_DEADLINE_MS: '3000',
    UPSTREAM_TIMEOUT_MS: '2000',
  });
  closing.push(() => server.close());
  return server;
}

test.each([301, 302, 303, 307, 308])('a redirect (%d) is not followed', async status => {
  const elsewhere = await listen(200);
  const partoo = await listen(status, { location: `${elsewhere.origin}/v2/business/search` });
  const client = await connectPlain((await serve(partoo.origin)).url, { 'x-apikey': 'demo-admin' });
  expect((await client.call('search_businesses')).isError).toBe(true);
  expect((await client.call('send_message', { conversation_id: 1, content: 'Hello' })).isError).toBe(true);
  expect(partoo.received.length).toBeGreaterThan(0);
  expect(elsewhere.received).toEqual([]);
});

test('no header or argument of a caller changes the upstream', async () => {
  const elsewhere = await listen(200);
  const { host } = new URL(elsewhere.origin);
  const partoo = await listen(200);
  const server = await serve(partoo.origin);
  const headers = {
    'x-apikey': 'demo-admin',
    'x-forwarded-host': host,
    'x-forwarded-proto': 'http',
    forwarded: `host=${host}`,
    'x-original-url': `${elsewhere.origin}/`,
    'x-partoo-base-url': elsewhere.origin,
  };
  for (const business_id of [
    elsewhere.origin,
    `//${host}`,
    `@${host}`,
    `\\\\${host}`,
    `x@${host}/`,
    `..//${host}`,
  ]) {
    const { status } = await post(
      server.url,
      { method: 'tools/call', params: { name: 'get_business', arguments: { business_id } } },
      headers,
    );
    expect(status).toBe(200);
  }
  expect(elsewhere.received).toEqual([]);
  expect(new Set(partoo.received.map(({ headers }) => `http://${headers.host}`))).toEqual(
    new Set([partoo.origin]),
  );
  expect(
    partoo.received.flatMap(({ headers }) => Object.keys(headers)).filter(name => name.startsWith('x-')),
  ).toEqual(partoo.received.map(() => 'x-apikey'));
});

test('an argument in a path stays in its segment', async () => {
  const partoo = await listen(200);
  const { url } = await serve(partoo.origin);
  const nasty = fc.constantFrom(
    '..',
    '.',
    '../user/me',
    '..%2f..',
    '%2e%2e',
    '..\\..',
    'a/b',
    'a?b',
    'a#b',
    '%',
    ';',
    ' .. ',
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string()), async business_id => {
      partoo.received.length = 0;
      const params = { name: 'get_business', arguments: { business_id } };
      await post(url, { method: 'tools/call', params }, { 'x-apikey': 'demo-admin' });
      for (const { url: target = '' } of partoo.received.filter(({ url }) => url !== '/v2/user/me')) {
        expect(target).toMatch(/^\/v2\/business\/[^/?#\\]+$/);
        expect(new URL(target, partoo.origin).pathname).toBe(target);
      }
    }),
    { numRuns: 300 },
  );
});
