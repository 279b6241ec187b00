import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpRequest } from '../support/http-request.ts';
import { ENVELOPE } from '../support/post.ts';
import { rpc } from '../support/rpc.ts';
import { type RunningPair, startPair } from '../support/start.ts';

/** What real clients send that no specification asks for. What can mean one thing only is served. */
let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

type Sent = Record<string, string | string[]>;

const send = (body: unknown, headers: Sent = {}, path = '/mcp') =>
  sendBytes(JSON.stringify(body), headers, path);

async function sendBytes(body: string | Buffer, headers: Sent = {}, path = '/mcp') {
  const { status, ...response } = await httpRequest(`${pair.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-apikey': 'demo-admin', ...headers },
    body,
  });
  return { status, headers: response.headers, ...(JSON.parse(response.body || '{}') as ParsedResponse) };
}

interface ParsedResponse {
  id?: unknown;
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: { request_id?: string } };
}

const LIST = rpc('tools/list');
const callOf = (params: object, more: object = {}) => ({
  ...rpc('tools/call', { name: 'search_businesses', ...params }),
  ...more,
});
const MODERN = {
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': 'search_businesses',
};
const served = { status: 200, result: { structuredContent: { page: 1 } } };

describe('the endpoint', () => {
  test.each(['/mcp/', '//mcp', '//mcp/', '/mcp/?readonly=true', '/mcp?'])('serves POST %s', async path => {
    const { status, result } = await send(LIST, {}, path);
    expect(status).toBe(200);
    const tools = result?.tools as { annotations: { readOnlyHint: boolean } }[];
    expect(tools.some(({ annotations }) => !annotations.readOnlyHint)).toBe(!path.includes('readonly'));
  });

  test.each([
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json;charset=UTF-8',
    'application/json, application/json',
  ])('accepts the content type %s', async type => {
    expect(await send(callOf({}), { 'content-type': type })).toMatchObject(served);
  });
});

describe('a protocol header', () => {
  test.each(['2025-11-25', '2025-06-18'])(
    'sent twice with the same value (%s) counts once',
    async version => {
      expect(await send(callOf({}), { 'mcp-protocol-version': [version, version] })).toMatchObject(served);
      expect(await send(callOf({}), { 'mcp-protocol-version': `${version}, ${version}` })).toMatchObject(
        served,
      );
      expect(await send(callOf({}), { 'mcp-protocol-version': `${version},${version}` })).toMatchObject(
        served,
      );
    },
  );

  test('sent twice with the same value counts once in 2026-07-28 and through the SDK', async () => {
    const twice = Object.fromEntries(Object.entries(MODERN).map(([name, value]) => [name, [value, value]]));
    expect(await send(callOf({ _meta: ENVELOPE }), twice)).toMatchObject(served);
    const ping = rpc('ping');
    expect(await send(ping, { 'mcp-protocol-version': ['2025-11-25', '2025-11-25'] })).toMatchObject({
      status: 200,
      result: {},
    });
  });

  test('sent with two values is refused with both values', async () => {
    const { status, error } = await send(LIST, { 'mcp-protocol-version': ['2025-11-25', '2025-06-18'] });
    expect(status).toBe(400);
    expect(error?.message).toBe(
      'The header mcp-protocol-version was sent with different values (2025-11-25, 2025-06-18): send it once',
    );
  });

  test.each(['', 'undefined', 'null'])('with the value %j counts as not sent', async value => {
    expect(await send(callOf({}), { 'mcp-protocol-version': value })).toMatchObject(served);
  });
});

describe('initialize', () => {
  const initialize = (params: object) => rpc('initialize', params);
  const client = { capabilities: {}, clientInfo: { name: 'test', version: '1' } };

  test.each(['2026-07-28', '2099-01-01', 'draft'])(
    'with the revision %s negotiates 2025-11-25, the newest that has a handshake',
    async version => {
      const body = initialize({ protocolVersion: version, ...client });
      const negotiated = { status: 200, result: { protocolVersion: '2025-11-25' } };
      expect(await send(body)).toMatchObject(negotiated);
      expect(await send(body, { 'mcp-protocol-version': version })).toMatchObject(negotiated);
    },
  );

  test.each([
    ['no capabilities', { clientInfo: client.clientInfo }],
    ['no client', { capabilities: {} }],
    ['a client without a version', { capabilities: {}, clientInfo: { name: 'x' } }],
    ['capabilities of the wrong type', { ...client, capabilities: { sampling: true, roots: null } }],
  ])('with %s is accepted', async (_what, params) => {
    const response = await send(initialize({ protocolVersion: '2025-06-18', ...params }));
    expect(response).toMatchObject({ status: 200, result: { protocolVersion: '2025-06-18' } });
  });

  test('without a revision is refused with the name of what is missing', async () => {
    const elsewhere = { 'io.modelcontextprotocol/protocolVersion': '2.0' };
    for (const params of [client, { ...client, _meta: elsewhere }]) {
      const { error } = await send(initialize(params));
      expect(error).toMatchObject({ code: -32602, message: expect.stringContaining('protocolVersion') });
    }
  });
});

describe('an unusable revision', () => {
  test('in a 2025 header over a body of 2026-07-28 is refused, as the specification requires, and the error says what to send', async () => {
    pair.received();
    const headers = { ...MODERN, 'mcp-protocol-version': '2025-11-25' };
    const { status, error } = await send(callOf({ _meta: ENVELOPE }), headers);
    expect({ status, code: error?.code }).toEqual({ status: 400, code: -32020 });
    expect(error?.message).toMatch(/Send MCP-Protocol-Version with the revision that params\._meta names/);
    expect(pair.received()).toEqual([]);
  });

  test.each(['2026-07-28', '2099-01-01', '2020-01-01'])(
    '%s, in a request without its _meta, is refused with the revisions that are supported',
    async version => {
      const { status, error } = await send(callOf({}), { 'mcp-protocol-version': version });
      expect(status).toBe(400);
      expect(error?.message).toContain('2025-11-25');
    },
  );
});

describe('an empty value counts as none', () => {
  test.each([
    ...[
      { arguments: [] },
      { arguments: null },
      { arguments: '' },
      { arguments: '{}' },
      { arguments: 'null' },
    ],
    ...[
      { arguments: {} },
      { _meta: null },
      { _meta: [] },
      { _meta: { progressToken: null } },
      { task: null },
    ],
  ])('in tools/call with %j', async params => {
    expect(await send(callOf(params))).toMatchObject(served);
    const accept = 'text/event-stream';
    expect((await plainCall(callOf(params), { accept })).body, 'through the SDK too').toContain('"page":1');
  });

  test('arguments sent as a JSON string, or in a list, are read', async () => {
    for (const args of ['{"city":"Lyon"}', [{ city: 'Lyon' }], "{'city': 'Lyon'}"]) {
      pair.received();
      await send(callOf({ arguments: args }));
      expect(pair.received().map(({ url }) => url)).toEqual([expect.stringContaining('city=Lyon')]);
    }
  });

  test.each([[null], [[]], [''], [{ cursor: null }], [{ _meta: null }]])(
    'in tools/list with params %j',
    async params => {
      expect(await send({ ...LIST, params })).toMatchObject({
        status: 200,
        result: { tools: expect.anything() },
      });
    },
  );

  test.each([{ jsonrpc: undefined }, { jsonrpc: 2 }, { extra: 1, session: 'x' }])(
    'a message with %j is accepted',
    async more => {
      expect(await send({ ...LIST, ...more })).toMatchObject({ status: 200, id: 1 });
    },
  );

  test('a notification may have null for its id and its params', async () => {
    const notification = { jsonrpc: '2.0', id: null, method: 'notifications/initialized', params: null };
    expect((await send(notification)).status).toBe(202);
  });
});

const plainCall = (body: object, headers: Sent) =>
  httpRequest(pair.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-apikey': 'demo-admin', ...headers },
    body: JSON.stringify(body),
  });

describe('an invalid message is refused in one sentence', () => {
  const SENTENCE = /^Invalid params of [^\n]+$/;
  test.each([
    ['no name', callOf({ name: undefined }), /name is missing/],
    ['a name that is a number', callOf({ name: 1 }), /name must be a string/],
    ['params that are a text', { ...callOf({}), params: 'x' }, /params must be an object/],
    ['params that are a list', { ...callOf({}), params: [1] }, /params must be an object/],
    ['arguments that are a text', callOf({ arguments: 'x' }), /arguments must be an object/],
    ['arguments that are a list', callOf({ arguments: [1] }), /arguments must be an object/],
    ['a _meta that is a text', callOf({ _meta: 'x' }), /_meta must be an object/],
    ['an invalid progress token', callOf({ _meta: { progressToken: 1.5 } }), /progressToken must be/],
    ['a task that is a number', callOf({ task: 1 }), /task: expected object/],
    ['a cursor that is a number', { ...LIST, params: { cursor: 1 } }, /cursor: expected string/],
  ])('for %s', async (_what, body, message) => {
    const { status, id, error } = await send(body);
    expect({ status, id, code: error?.code }).toEqual({ status: 200, id: 1, code: -32602 });
    expect(error?.message).toMatch(SENTENCE);
    expect(error?.message).toMatch(message);
    const streamed = await plainCall(body, { accept: 'text/event-stream' });
    expect(streamed.headers['content-type']).toMatch(/^text\/event-stream/);
    expect(streamed.body).toContain('"code":-32602');
  });

  test.each([null, 1.5, {}, true, 2 ** 60])('for the id %j', async id => {
    const { status, error } = await send({ ...LIST, id });
    expect({ status, code: error?.code }).toEqual({ status: 400, code: -32600 });
    expect(error?.message).toMatch(/"id" must be a string or an integer/);
  });

  test('for one message of a batch, of which nothing is carried out', async () => {
    pair.received();
    const { status, error } = await send([callOf({}), callOf({ name: 1 }, { id: 2 })]);
    expect({ status, code: error?.code }).toEqual({ status: 400, code: -32602 });
    expect(error?.message).toMatch(/name must be a string.*\(message 2 of the batch\)/);
    expect(pair.received()).toEqual([]);
  });

  test('for initialize without params', async () => {
    const { error } = await send(rpc('initialize'));
    expect(error?.message).toMatch(/^Invalid params of initialize: params: expected object/);
  });

  test.each(['no/such/method', 'logging/setLevel', 'prompts/get', '__proto__', 'constructor'])(
    'for the unknown method %s',
    async method => {
      const { error, headers } = await send({ ...LIST, method });
      expect(error).toMatchObject({ code: -32601, message: expect.stringContaining('tools/call') });
      expect(error?.data?.request_id).toBe(headers['x-request-id']);
      const streamed = await plainCall({ ...LIST, method }, { accept: 'text/event-stream' });
      expect(streamed.body).toContain(streamed.headers['x-request-id']);
    },
  );
});

test('the list of prompts, of which there are none, is empty for 2025 clients, and not found in 2026-07-28', async () => {
  const message = { ...LIST, method: 'prompts/list' };
  expect(await send(message)).toMatchObject({ status: 200, result: { prompts: [] } });
  // Clients of 2026-07-28 read what is declared, and the revision wants a 404.
  const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'prompts/list' };
  const { status, error, headers } = await send({ ...message, params: { _meta: ENVELOPE } }, modern);
  expect({ status, code: error?.code }).toEqual({ status: 404, code: -32601 });
  expect(error?.data?.request_id).toBe(headers['x-request-id']);
});

describe('a body', () => {
  const message = JSON.stringify(LIST);
  test.each<[string, Buffer, Sent, RegExp]>([
    ['that is compressed', gzipSync(message), { 'content-encoding': 'gzip' }, /compressed: send it as it is/],
    ['in UTF-16', Buffer.from(`\uFEFF${message}`, 'utf16le'), {}, /not UTF-8/],
    ['in Latin-1', Buffer.from('{"a":"é"}', 'latin1'), {}, /not UTF-8/],
    ['that is empty', Buffer.from(''), {}, /body is empty/],
    ['that is cut off', Buffer.from(message.slice(0, -1)), {}, /not JSON/],
  ])('%s is refused with the reason', async (_what, body, headers, why) => {
    const response = await sendBytes(body, headers);
    expect(response.error?.message).toMatch(why);
    expect(response.error?.data?.request_id).toBe(response.headers['x-request-id']);
  });

  test('with Content-Encoding: identity is read', async () => {
    expect(await sendBytes(Buffer.from(message), { 'content-encoding': 'identity' })).toMatchObject({
      status: 200,
    });
  });
});

describe('the request id', () => {
  const idIn = (headers: Record<string, unknown>) => headers['x-request-id'];

  test.each([
    ['2025', {}, {}],
    ['2026-07-28', { _meta: ENVELOPE }, MODERN],
  ])('is in every result and error of %s', async (_era, meta, headers) => {
    for (const accept of ['application/json', 'text/event-stream']) {
      for (const args of [{}, { nothing: 1 }]) {
        const sent = { ...headers, accept };
        const response = await plainCall(callOf({ arguments: args, ...meta }), sent);
        const { result } = JSON.parse(response.body.replace(/^event: message\ndata: /, ''));
        expect(result._meta).toMatchObject({ 'partoo-mcp/request-id': idIn(response.headers) });
        if (!result.isError) continue;
        const { error } = JSON.parse(result.content[0].text);
        expect(error).toMatchObject({ code: 'invalid_input', request_id: idIn(response.headers) });
      }
    }
  });

  test.each([
    ['an unknown tool', callOf({ name: 'nothing' }), {}],
    ['wrong params', callOf({ name: 1 }), {}],
    ['a header that does not fit', LIST, { 'mcp-protocol-version': '2026-07-28' }],
    ['a misspelt parameter', LIST, { 'x-mcp-readony': 'true' }],
    ['another content type', LIST, { 'content-type': 'text/plain' }],
  ])('is in the error for %s', async (_what, body, headers) => {
    const response = await send(body, headers as Sent);
    expect(response.error?.data?.request_id).toBe(idIn(response.headers));
  });

  test('of an error is also in the log', async () => {
    const { headers } = await send(callOf({ arguments: { nothing: 1 } }));
    expect(pair.log).toContainEqual(
      expect.objectContaining({ requestId: idIn(headers), outcome: 'invalid_input' }),
    );
  });
});
