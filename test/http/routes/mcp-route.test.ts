import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rpc } from '../../support/rpc.ts';
import { type RunningPair, startPair, startServer } from '../../support/start.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const LIST = rpc('tools/list');
const search = (progressToken?: string) =>
  rpc(
    'tools/call',
    {
      name: 'search_businesses',
      arguments: { per_page: 1 },
      ...(progressToken && { _meta: { progressToken } }),
    },
    2,
  );

function post(body: unknown, headers: Record<string, string> = {}) {
  return fetch(pair.url, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The JSON-RPC messages of an event stream. */
const eventsIn = (text: string) =>
  [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data as string));

describe('POST /mcp', () => {
  test.each(['GET', 'DELETE', 'PUT', 'PATCH'])('refuses %s with 405 and the allowed method', async method => {
    const response = await fetch(pair.url, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32000 }, id: null });
  });

  test.each(['{', '', '[1,', '{"a":1}}', '\u0000'])('refuses malformed JSON (%j) with -32700', async body => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32700 }, id: null });
  });

  test.each(['text/plain', 'application/xml', 'multipart/form-data', ''])(
    'refuses the content type %j with 415',
    async type => {
      const response = await post(LIST, { 'content-type': type });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({
        error: { message: expect.stringContaining('application/json') },
      });
    },
  );

  test('refuses a body over 256 KiB with 413', async () => {
    const response = await post({ ...LIST, padding: 'x'.repeat(256 * 1024) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('256 KiB') } });
  });

  test('refuses JSON that is not a JSON-RPC message', async () => {
    for (const body of ['null', '1', '"x"', '[]', '{}', '{"jsonrpc":"1.0","id":1,"method":"ping"}']) {
      const response = await post(body);
      expect([body, response.status]).toEqual([body, 400]);
      expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number) } });
    }
  });

  test('refuses a body that sets a prototype', async () => {
    const response = await post('{"jsonrpc":"2.0","id":1,"method":"tools/list","__proto__":{"x":1}}');
    expect(response.status).toBe(400);
  });
});

describe('a response', () => {
  const asked = { 'x-APIKey': 'demo-admin' };

  test.each(['application/json', '*/*', 'application/json, text/event-stream'])(
    'to a client that accepts %s is JSON',
    async accept => {
      const response = await post(search(), { ...asked, accept });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toMatchObject({ id: 2, result: { structuredContent: { page: 1 } } });
    },
  );

  test('is JSON for a client that accepts only JSON, also when it requests progress', async () => {
    const response = await post(search('p'), { ...asked, accept: 'application/json' });
    expect(await response.json()).toMatchObject({ id: 2, result: { structuredContent: { page: 1 } } });
  });

  test.each([
    ['text/event-stream', undefined],
    ['application/json, text/event-stream', 'p'],
  ])(
    'to a client that accepts %s, with the progress token %s, is a stream',
    async (accept, progressToken) => {
      const response = await post(search(progressToken), { ...asked, accept });
      expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
      expect(response.headers.get('x-accel-buffering')).toBe('no');
      expect(eventsIn(await response.text())).toEqual([
        expect.objectContaining({
          id: 2,
          result: expect.objectContaining({ structuredContent: expect.anything() }),
        }),
      ]);
    },
  );

  test('is a stream in either era when the client requests progress or accepts only streams', async () => {
    const accept = 'application/json, text/event-stream';
    const { params } = search('p');
    const meta = {
      ...params._meta,
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const modern = {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': params.name,
    };
    const responses = await Promise.all([
      post(search('p'), { ...asked, accept }),
      post({ ...search(), params: { ...params, _meta: meta } }, { ...asked, accept, ...modern }),
      post(
        { ...search(), params: { ...params, _meta: { ...meta, progressToken: undefined } } },
        { ...asked, accept: 'text/event-stream', ...modern },
      ),
    ]);
    for (const response of responses) {
      expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
      expect(response.headers.get('x-accel-buffering')).toBe('no');
      expect(eventsIn(await response.text())).toHaveLength(1);
    }
  });

  test('to a batch of the 2025-03-26 revision holds all its responses', async () => {
    const response = await post([search(), { ...LIST, id: 3 }], asked);
    const messages = await response.json();
    expect(messages).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 2 }), expect.objectContaining({ id: 3 })]),
    );
  });

  test('to a batch that cancels its own call is sent all the same', async () => {
    const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 2 } };
    for (const accept of ['application/json', 'text/event-stream']) {
      const response = await post([search(), cancel], { ...asked, accept });
      expect(await response.text()).toContain('"structuredContent"');
    }
    expect((await post([cancel])).status).toBe(202);
  });

  test('to a notification is 202 without a body', async () => {
    const response = await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    expect(response.status).toBe(202);
    expect(await response.text()).toBe('');
  });
});

describe('the other routes', () => {
  const get = (path: string, headers = {}) => fetch(`${pair.origin}${path}`, { headers });

  test('responses behind a trusted TLS proxy have Strict-Transport-Security', async () => {
    const server = await startServer('http://127.0.0.1:9/v2', { TRUST_PROXY: 'loopback' });
    const response = await fetch(server.origin, { headers: { 'x-forwarded-proto': 'https' } });
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
    await server.close();
  });

  test('/healthz and /readyz respond 200 while the process serves', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await get('/readyz')).json()).toEqual({
      status: 'ready',
      redis: 'not configured',
    });
  });

  test.each([
    '/.well-known/oauth-protected-resource',
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration/mcp',
    '/register',
  ])('%s responds 404 as JSON, which starts no login in clients', async path => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('www-authenticate')).toBeNull();
    expect(await response.json()).toHaveProperty('error');
  });

  test('every response has a request id and forbids content sniffing', async () => {
    for (const path of ['/', '/healthz', '/nothing', '/mcp']) {
      const { headers } = await get(path);
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
