import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { NO_INSTRUMENTATION } from '../../../src/mcp/calls/instrumentation.ts';
import { createListTools } from '../../../src/mcp/catalog/tool-list.ts';
import { createEndpoint, type McpEndpoint } from '../../../src/mcp/endpoint.ts';
import { createFastPath } from '../../../src/mcp/fast-path/fast-path.ts';
import { createServerFactory, type ServerDefinition } from '../../../src/mcp/protocol/sdk-server.ts';
import { defaultToolsOf, type EnabledTools } from '../../../src/mcp/tool-filter/enabled-tools.ts';
import { callEndpoint } from '../../support/call-endpoint.ts';
import { rpc } from '../../support/rpc.ts';

/**
 * Serves one corpus of good and bad requests through two endpoints, with and without the fast path, and compares the
 * responses. Both must also count each message once: as a tool call or as another message.
 */
const defaultTools = defaultToolsOf({ READ_ONLY: false });
const filteredTools = defaultToolsOf({ READ_ONLY: true, TOOLSETS: ['reviews'] });

const definition: ServerDefinition = {
  version: '1.2.3',
  defaultTools,
  listTools: createListTools(defaultTools, true),
  // Returns its arguments: both paths must read them alike.
  callTool: async ({ name, arguments: args, carriers, protocolVersion }) => {
    counted++;
    return {
      text: JSON.stringify({ name, args, carriers: carriers[0], protocolVersion, said: '“é…” 👩‍🍳 \u2028' }),
      isError: name === 'get_business',
      remaining: name === 'search_reviews' ? undefined : 299,
    };
  },
};
let counted = 0;
const options = {
  createServer: createServerFactory(definition),
  instrumentation: { ...NO_INSTRUMENTATION, message: () => void counted++ },
  describeAccount: async () => undefined,
  onerror() {},
};
const withFastPath = createEndpoint({ ...options, fastPath: createFastPath(definition) });
const sdkOnly = createEndpoint({ ...options, fastPath: undefined });

type Values = Record<string, unknown>;
type Headers = Record<string, string>;
interface Request {
  headers: Headers;
  body: unknown;
}

const BOTH = 'application/json, text/event-stream';
const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const HEADERS_2025 = { accept: BOTH, 'mcp-protocol-version': '2025-11-25' };
const LIST = rpc('tools/list');
const callOf = (params: Values = {}) =>
  rpc('tools/call', { name: 'search_businesses', arguments: { city: 'Lyon' }, ...params });
const of2026 = (
  { params, ...message }: { params?: Values; method: string },
  headers: Headers = {},
  meta: Values = {},
): Request => ({
  headers: {
    accept: BOTH,
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': message.method,
    ...(typeof params?.name === 'string' && { 'mcp-name': params.name }),
    ...headers,
  },
  body: { ...message, params: { ...params, _meta: { ...ENVELOPE, ...meta } } },
});
const of2025 = (body: unknown, headers: Headers = {}): Request => ({
  headers: { ...HEADERS_2025, ...headers },
  body,
});

/** Returns whether the fast path served the request. */
async function expectSame({ headers, body }: Request, enabledTools = defaultTools): Promise<boolean> {
  const [response, reference] = [
    await askCounted(withFastPath, headers, body, enabledTools),
    await askCounted(sdkOnly, headers, body, enabledTools),
  ];
  const { bySdk, text, ...rest } = response;
  expect({ ...rest, json: parsed(text) }).toEqual({
    status: reference.status,
    type: reference.type,
    json: parsed(reference.text),
  });
  expectReadable(reference.text);
  return !bySdk;
}

async function askCounted(endpoint: McpEndpoint, headers: Values, body: unknown, enabledTools: EnabledTools) {
  counted = 0;
  const response = await callEndpoint(endpoint, headers as Headers, structuredClone(body), enabledTools);
  const isMessage = typeof (body as { method?: unknown } | null)?.method === 'string';
  if (!Array.isArray(body)) expect(counted, 'each message counts once').toBe(isMessage ? 1 : 0);
  return response;
}

/** Every error is one sentence: no internal error, no raw validator output. */
function expectReadable(text: string): void {
  const responses = [parsed(text.replace(/^event: message\ndata: /, ''))].flat();
  for (const { error } of responses as { error?: { code: number; message: string } }[]) {
    if (!error) continue;
    expect(error.code).not.toBe(-32603);
    expect(error.message).toMatch(/^[^\n]+$/);
    expect(error.message).not.toMatch(/"(code|expected|path)":/);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const ELIGIBLE: Record<string, Request> = {
  'a call, 2025-11-25': of2025(callOf()),
  'a call, 2025-06-18': of2025(callOf(), { 'mcp-protocol-version': '2025-06-18' }),
  'a call that names no revision': { headers: { accept: 'application/json' }, body: callOf() },
  'a call without an Accept header': { headers: {}, body: callOf() },
  'a call that accepts anything': { headers: { accept: '*/*' }, body: callOf() },
  'a call that accepts JSON in capitals': {
    headers: { accept: 'TEXT/EVENT-STREAM, APPLICATION/JSON' },
    body: callOf(),
  },
  'a call with a string id': of2025({ ...callOf(), id: 'a "b" \u2028' }),
  'a call without arguments': of2025(callOf({ arguments: undefined })),
  'a call that fails': of2025(callOf({ name: 'get_business' })),
  'a call that made no request to Partoo': of2025(callOf({ name: 'search_reviews' })),
  'a call with a trace': of2025(callOf({ _meta: { traceparent: '00-a-b-01', tracestate: 'x=y', own: 1 } })),
  'a list, 2025-11-25': of2025(LIST),
  'a list with params': of2025({ ...LIST, params: {} }),
  'a list with a _meta': of2025({ ...LIST, params: { _meta: { own: true } } }),
  'a call, 2026-07-28': of2026(callOf()),
  'a call that fails, 2026-07-28': of2026(callOf({ name: 'get_business' })),
  'a call that made no request to Partoo, 2026-07-28': of2026(callOf({ name: 'search_reviews' })),
  'a call with a trace, 2026-07-28': of2026(callOf(), {}, { traceparent: '00-a-b-01' }),
  'a call with a log level, 2026-07-28': of2026(callOf(), {}, { 'io.modelcontextprotocol/logLevel': 'info' }),
  'a list, 2026-07-28': of2026(LIST),
  'arguments that are an empty string': of2025(callOf({ arguments: '' })),
  'arguments as JSON in a string': of2025(callOf({ arguments: '{"city": "Lyon"}' })),
  'arguments that are null': of2025(callOf({ arguments: null })),
  'arguments that are an empty list': of2025(callOf({ arguments: [] })),
  'arguments in a list': of2025(callOf({ arguments: [{ city: 'Lyon' }] })),
  'arguments that are null, 2026-07-28': of2026(callOf({ arguments: null })),
  'null as _meta': of2025(callOf({ _meta: null })),
  'null as progress token': of2025(callOf({ _meta: { progressToken: null } })),
  'tools/list with an empty list as params': of2025({ ...LIST, params: [] }),
  'tools/list with null as params': of2025({ ...LIST, params: null }),
  'null as cursor': of2025({ ...LIST, params: { cursor: null } }),
  'a missing jsonrpc member': of2025({ id: 1, method: 'tools/list' }),
  'an unknown member': of2025({ ...LIST, extra: 1 }),
  'a header sent twice': of2025(callOf(), { 'mcp-protocol-version': '2025-11-25, 2025-11-25' }),
  'an empty header': of2025(callOf(), { 'mcp-protocol-version': '' }),
  'headers sent twice, 2026-07-28': of2026(callOf(), {
    'mcp-protocol-version': '2026-07-28, 2026-07-28',
    'mcp-method': 'tools/call, tools/call',
    'mcp-name': 'search_businesses, search_businesses',
  }),
  'an envelope of the 2025 revision in the header': of2026(
    callOf(),
    { 'mcp-protocol-version': '2025-11-25' },
    { 'io.modelcontextprotocol/protocolVersion': '2025-11-25' },
  ),
};

const { name: _name, ...nameless } = callOf().params;
const INELIGIBLE: Record<string, Request> = {
  'an unknown tool': of2025(callOf({ name: 'nothing' })),
  'an unknown tool, 2026-07-28': of2026(callOf({ name: 'nothing' })),
  'no name': of2025({ ...callOf(), params: nameless }),
  'no name, 2026-07-28': of2026({ ...callOf(), params: nameless }),
  'a number as name': of2025(callOf({ name: 1 })),
  'a list as arguments': of2025(callOf({ arguments: [1] })),
  'a number as arguments': of2025(callOf({ arguments: 1 })),
  'a list as params': of2025({ ...callOf(), params: [] }),
  'no params': of2025({ ...callOf(), params: undefined }),
  'a string as _meta': of2025(callOf({ _meta: 'x' })),
  'a task': of2025(callOf({ task: { ttl: 1 } })),
  'input responses': of2026(callOf({ inputResponses: {} })),
  'a request state': of2026(callOf({ requestState: 'x' })),
  'a related task': of2025(callOf({ _meta: { 'io.modelcontextprotocol/related-task': { taskId: 'x' } } })),
  'a cursor': of2025({ ...LIST, params: { cursor: 'x' } }),
  'a progress token': of2025(callOf({ _meta: { progressToken: 1 } })),
  'a progress token, 2026-07-28': of2026(callOf(), {}, { progressToken: 'p' }),
  'only streams': of2025(callOf(), { accept: 'text/event-stream' }),
  'only streams, in capitals': of2025(callOf(), { accept: 'Text/Event-Stream' }),
  'only streams, 2026-07-28': of2026(callOf(), { accept: 'text/event-stream' }),
  'another method': of2025(rpc('ping')),
  'another method, 2026-07-28': of2026({ ...LIST, method: 'ping' }),
  initialize: of2025(
    rpc('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'a', version: '1' },
    }),
  ),
  'an initialize with an envelope of 2026-07-28': of2026({ ...LIST, method: 'initialize' }),
  discover: of2026({ ...LIST, method: 'server/discover' }),
  'an unknown method': of2025({ ...LIST, method: 'tools/remove' }),
  'a notification': of2025({ jsonrpc: '2.0', method: 'notifications/initialized' }),
  'a call without an id': of2025({ jsonrpc: '2.0', method: 'tools/call', params: callOf().params }),
  'a response': of2025({ jsonrpc: '2.0', id: 1, result: {} }),
  'a batch': of2025([LIST, { ...callOf(), id: 2 }]),
  'a batch of one': of2025([LIST]),
  'an empty batch': of2025([]),
  'JSON-RPC 1.0': of2025({ ...LIST, jsonrpc: '1.0' }),
  'null as id': of2025({ ...LIST, id: null }),
  'a fraction as id': of2025({ ...LIST, id: 1.5 }),
  'an object as id': of2025({ ...LIST, id: {} }),
  'a string as message': of2025('tools/list'),
  'a number as message': of2025(1),
  'an unknown revision': of2025(LIST, { 'mcp-protocol-version': '2024-01-01' }),
  'a future revision': of2025(LIST, { 'mcp-protocol-version': '2099-01-01' }),
  'a header of 2026-07-28 without its envelope': of2025(callOf(), { 'mcp-protocol-version': '2026-07-28' }),
  'an envelope without its header': {
    headers: { accept: BOTH },
    body: of2026(callOf()).body,
  },
  'an envelope of another revision than the header': of2026(callOf(), {
    'mcp-protocol-version': '2025-11-25',
  }),
  'an envelope of a future revision': of2026(
    callOf(),
    { 'mcp-protocol-version': '2099-01-01' },
    { 'io.modelcontextprotocol/protocolVersion': '2099-01-01' },
  ),
  'an envelope of an earlier revision than the header': of2026(
    callOf(),
    {},
    { 'io.modelcontextprotocol/protocolVersion': '2025-11-25' },
  ),
  'two revisions in the header': of2025(LIST, { 'mcp-protocol-version': '2025-11-25, 2025-06-18' }),
  'an envelope without capabilities': of2026(callOf(), {}, {
    'io.modelcontextprotocol/clientCapabilities': undefined,
  } as Values),
  'an initialize that is invalid in both eras': of2026(
    { ...LIST, method: 'initialize', params: { protocolVersion: 1, capabilities: {} } },
    { 'mcp-protocol-version': '' },
    { 'io.modelcontextprotocol/clientInfo': { name: 'a', version: 0 } },
  ),
  'an unknown log level': of2026(callOf(), {}, { 'io.modelcontextprotocol/logLevel': 'loud' }),
  'another method in the header': of2026(callOf(), { 'mcp-method': 'tools/list' }),
  'another tool in the header': of2026(callOf(), { 'mcp-name': 'get_business' }),
  'a tool in the header in base64': of2026(callOf(), { 'mcp-name': '=?base64?c2VhcmNoX2J1c2luZXNzZXM=?=' }),
  'a name for a list': of2026(LIST, { 'mcp-name': 'search_businesses' }),
};
for (const missing of ['mcp-method', 'mcp-name']) {
  const { [missing]: _left, ...headers } = of2026(callOf()).headers as Headers;
  INELIGIBLE[`without ${missing}`] = { headers, body: of2026(callOf()).body };
}

describe('requests on the fast path get the response of the SDK', () => {
  test.each(Object.entries(ELIGIBLE))('%s', async (_name, request) => {
    expect(await expectSame(request)).toBe(true);
  });

  test.each(['a list, 2025-11-25', 'a list, 2026-07-28'])('%s, with a tool filter', async name => {
    expect(await expectSame(ELIGIBLE[name] as Request, filteredTools)).toBe(true);
  });
});

describe('other requests go to the SDK', () => {
  test.each(Object.entries(INELIGIBLE))('%s', async (_name, request) => {
    expect(await expectSame(request)).toBe(false);
  });

  test('a call of a disabled tool', async () => {
    expect(await expectSame(ELIGIBLE['a call, 2025-11-25'] as Request, filteredTools)).toBe(false);
  });
});

test('a call with a progress token leaves no timer behind', async () => {
  const begun = vi.spyOn(globalThis, 'setInterval');
  const ended = vi.spyOn(globalThis, 'clearInterval');
  for (const name of ['a progress token', 'a progress token, 2026-07-28']) {
    const { headers, body } = INELIGIBLE[name] as Request;
    await callEndpoint(withFastPath, headers, body, defaultTools);
  }
  const timers = begun.mock.results.map(({ value }) => value);
  const stopped = ended.mock.calls.map(([timer]) => timer);
  expect(timers.length).toBeGreaterThan(1);
  expect(timers.filter(timer => !stopped.includes(timer))).toEqual([]);
  vi.restoreAllMocks();
});

test('both endpoints respond alike to random mutations of every request', async () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('2.0', '2026-07-28', '2025-11-25', 'tools/call', 'tools/list', 'search_businesses', BOTH),
  );
  const everything = [...Object.values(ELIGIBLE), ...Object.values(INELIGIBLE)];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...everything),
      fc.constantFrom(
        'jsonrpc',
        'id',
        'method',
        'params',
        'name',
        'arguments',
        '_meta',
        ...Object.keys(ENVELOPE),
      ),
      odd,
      fc.constantFrom('accept', 'mcp-protocol-version', 'mcp-method', 'mcp-name'),
      fc.option(fc.constantFrom('', ' tools/call ', 'tools/list', '2026-07-28', '2025-03-26', '*/*', BOTH)),
      async ({ headers, body }, place, value, header, sent) => {
        const mutated = replaced(structuredClone(body), place, value);
        await expectSame({
          headers: sent === null ? headers : { ...headers, [header]: sent },
          body: mutated,
        });
      },
    ),
    { numRuns: 1_500 },
  );
}, 60_000);

/** Replaces the value of every member with a given name. */
function replaced(body: unknown, place: string, value: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body).map(([name, inner]) => [
    name,
    name === place ? value : replaced(inner, place, value),
  ]);
  return Object.fromEntries(entries);
}
