import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { NO_INSTRUMENTATION } from '../../../src/mcp/calls/instrumentation.ts';
import { createListTools } from '../../../src/mcp/catalog/tool-list.ts';
import { createEndpoint } from '../../../src/mcp/endpoint.ts';
import { createFastPath } from '../../../src/mcp/fast-path/fast-path.ts';
import { createServerFactory, type ServerDefinition } from '../../../src/mcp/protocol/sdk-server.ts';
import { toolsOfSettings } from '../../../src/mcp/tool-filter/enabled-tools.ts';
import { TOOLSETS } from '../../../src/tools/index.ts';
import { askEndpoint } from '../../support/ask-endpoint.ts';

/**
 * Plain requests are answered without the SDK's server. Here both answer the same corpus of good and bad requests, and
 * whatever the SDK says of one is what ours says.
 */
const defaultTools = toolsOfSettings({ READ_ONLY: false, TOOLSETS });
const narrowed = toolsOfSettings({ READ_ONLY: true, TOOLSETS: ['reviews'] });

const definition: ServerDefinition = {
  version: '1.2.3',
  defaultTools,
  listTools: createListTools(defaultTools, true),
  // Answers what it was asked, so that the two must also have understood it alike.
  callTool: async ({ name, arguments: args, carriers, protocolVersion }) => ({
    text: JSON.stringify({ name, args, carriers: carriers[0], protocolVersion, said: '“é…” 👩‍🍳 \u2028' }),
    isError: name === 'get_business',
    remaining: name === 'search_reviews' ? undefined : 299,
  }),
};
const options = {
  createServer: createServerFactory(definition),
  instrumentation: NO_INSTRUMENTATION,
  onerror() {},
};
const ours = createEndpoint({ ...options, fastPath: createFastPath(definition) });
const sdk = createEndpoint({ ...options, fastPath: undefined });

type Values = Record<string, unknown>;
interface Request {
  headers: Record<string, string>;
  body: unknown;
}

const BOTH = 'application/json, text/event-stream';
const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const OLDER = { accept: BOTH, 'mcp-protocol-version': '2025-11-25' };
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const callOf = (params: Values = {}) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'search_businesses', arguments: { city: 'Lyon' }, ...params },
});
const modern = (
  { params, ...message }: { params?: Values; method: string },
  headers: Record<string, string> = {},
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
const older = (body: unknown, headers: Record<string, string> = {}): Request => ({
  headers: { ...OLDER, ...headers },
  body,
});

async function expectSame({ headers, body }: Request, enabledTools = defaultTools): Promise<boolean> {
  const [answer, reference] = [
    await askEndpoint(ours, headers, structuredClone(body), enabledTools),
    await askEndpoint(sdk, headers, structuredClone(body), enabledTools),
  ];
  const { bySdk, text, ...rest } = answer;
  expect({ ...rest, answer: parsed(text) }).toEqual({
    status: reference.status,
    type: reference.type,
    answer: parsed(reference.text),
  });
  expectReadable(reference.text);
  return !bySdk;
}

/** No error is a dump of a validator, nor an internal one: each is a sentence, and names its request. */
function expectReadable(text: string): void {
  const answers = [parsed(text.replace(/^event: message\ndata: /, ''))].flat();
  for (const { error } of answers as { error?: { code: number; message: string } }[]) {
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

const PLAIN: Record<string, Request> = {
  'a call, 2025-11-25': older(callOf()),
  'a call, 2025-06-18': older(callOf(), { 'mcp-protocol-version': '2025-06-18' }),
  'a call that names no revision': { headers: { accept: 'application/json' }, body: callOf() },
  'a call without Accept': { headers: {}, body: callOf() },
  'a call that accepts anything': { headers: { accept: '*/*' }, body: callOf() },
  'a call that accepts JSON in capitals': {
    headers: { accept: 'TEXT/EVENT-STREAM, APPLICATION/JSON' },
    body: callOf(),
  },
  'a call with an id that is a text': older({ ...callOf(), id: 'a "b" \u2028' }),
  'a call without arguments': older(callOf({ arguments: undefined })),
  'a call that fails': older(callOf({ name: 'get_business' })),
  'a call that asked Partoo nothing': older(callOf({ name: 'search_reviews' })),
  'a call with a trace': older(callOf({ _meta: { traceparent: '00-a-b-01', tracestate: 'x=y', own: 1 } })),
  'a list, 2025-11-25': older(LIST),
  'a list with params': older({ ...LIST, params: {} }),
  'a list with a _meta': older({ ...LIST, params: { _meta: { own: true } } }),
  'a call, 2026-07-28': modern(callOf()),
  'a call that fails, 2026-07-28': modern(callOf({ name: 'get_business' })),
  'a call that asked Partoo nothing, 2026-07-28': modern(callOf({ name: 'search_reviews' })),
  'a call with a trace, 2026-07-28': modern(callOf(), {}, { traceparent: '00-a-b-01' }),
  'a call with a log level, 2026-07-28': modern(callOf(), {}, { 'io.modelcontextprotocol/logLevel': 'info' }),
  'a list, 2026-07-28': modern(LIST),
  'arguments that are an empty text': older(callOf({ arguments: '' })),
  'arguments that are JSON in a text': older(callOf({ arguments: '{"city": "Lyon"}' })),
  'arguments that are null': older(callOf({ arguments: null })),
  'arguments that are an empty list': older(callOf({ arguments: [] })),
  'arguments in a list': older(callOf({ arguments: [{ city: 'Lyon' }] })),
  'arguments that are null, 2026-07-28': modern(callOf({ arguments: null })),
  'a _meta that is null': older(callOf({ _meta: null })),
  'a progress token that is null': older(callOf({ _meta: { progressToken: null } })),
  'params of a list that are an empty list': older({ ...LIST, params: [] }),
  'params of a list that are null': older({ ...LIST, params: null }),
  'a cursor that is null': older({ ...LIST, params: { cursor: null } }),
  'no JSON-RPC': older({ id: 1, method: 'tools/list' }),
  'more than a request has': older({ ...LIST, extra: 1 }),
  'a header sent twice': older(callOf(), { 'mcp-protocol-version': '2025-11-25, 2025-11-25' }),
  'an empty header': older(callOf(), { 'mcp-protocol-version': '' }),
  'headers sent twice, 2026-07-28': modern(callOf(), {
    'mcp-protocol-version': '2026-07-28, 2026-07-28',
    'mcp-method': 'tools/call, tools/call',
    'mcp-name': 'search_businesses, search_businesses',
  }),
  'an envelope of the older revision in the header': modern(
    callOf(),
    { 'mcp-protocol-version': '2025-11-25' },
    { 'io.modelcontextprotocol/protocolVersion': '2025-11-25' },
  ),
};

const { name: _name, ...nameless } = callOf().params;
const OTHERS: Record<string, Request> = {
  'a tool that is not there': older(callOf({ name: 'nothing' })),
  'a tool that is not there, 2026-07-28': modern(callOf({ name: 'nothing' })),
  'no name': older({ ...callOf(), params: nameless }),
  'no name, 2026-07-28': modern({ ...callOf(), params: nameless }),
  'a name that is a number': older(callOf({ name: 1 })),
  'arguments that are a list': older(callOf({ arguments: [1] })),
  'arguments that are a number': older(callOf({ arguments: 1 })),
  'params that are a list': older({ ...callOf(), params: [] }),
  'no params': older({ ...callOf(), params: undefined }),
  'a _meta that is a text': older(callOf({ _meta: 'x' })),
  'a task': older(callOf({ task: { ttl: 1 } })),
  'input responses': modern(callOf({ inputResponses: {} })),
  'a request state': modern(callOf({ requestState: 'x' })),
  'a related task': older(callOf({ _meta: { 'io.modelcontextprotocol/related-task': { taskId: 'x' } } })),
  'a cursor': older({ ...LIST, params: { cursor: 'x' } }),
  'progress asked for': older(callOf({ _meta: { progressToken: 1 } })),
  'progress asked for, 2026-07-28': modern(callOf(), {}, { progressToken: 'p' }),
  'only streams': older(callOf(), { accept: 'text/event-stream' }),
  'only streams, in capitals': older(callOf(), { accept: 'Text/Event-Stream' }),
  'only streams, 2026-07-28': modern(callOf(), { accept: 'text/event-stream' }),
  'another method': older({ jsonrpc: '2.0', id: 1, method: 'ping' }),
  'another method, 2026-07-28': modern({ ...LIST, method: 'ping' }),
  initialize: older({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'a', version: '1' } },
  }),
  'an initialize with an envelope of 2026-07-28': modern({ ...LIST, method: 'initialize' }),
  discover: modern({ ...LIST, method: 'server/discover' }),
  'a method nobody knows': older({ ...LIST, method: 'tools/remove' }),
  'a notification': older({ jsonrpc: '2.0', method: 'notifications/initialized' }),
  'a call that is a notification': older({ jsonrpc: '2.0', method: 'tools/call', params: callOf().params }),
  'a response': older({ jsonrpc: '2.0', id: 1, result: {} }),
  'a batch': older([LIST, { ...callOf(), id: 2 }]),
  'a batch of one': older([LIST]),
  'an empty batch': older([]),
  'JSON-RPC 1.0': older({ ...LIST, jsonrpc: '1.0' }),
  'an id that is null': older({ ...LIST, id: null }),
  'an id that is a fraction': older({ ...LIST, id: 1.5 }),
  'an id that is an object': older({ ...LIST, id: {} }),
  'a text': older('tools/list'),
  'a number': older(1),
  'a revision nobody knows': older(LIST, { 'mcp-protocol-version': '2024-01-01' }),
  'a revision to come': older(LIST, { 'mcp-protocol-version': '2099-01-01' }),
  'a header of 2026-07-28 without its envelope': older(callOf(), { 'mcp-protocol-version': '2026-07-28' }),
  'an envelope without its header': {
    headers: { accept: BOTH },
    body: modern(callOf()).body,
  },
  'an envelope of another revision than the header': modern(callOf(), {
    'mcp-protocol-version': '2025-11-25',
  }),
  'an envelope of a revision to come': modern(
    callOf(),
    { 'mcp-protocol-version': '2099-01-01' },
    { 'io.modelcontextprotocol/protocolVersion': '2099-01-01' },
  ),
  'an envelope of an older revision than the header': modern(
    callOf(),
    {},
    { 'io.modelcontextprotocol/protocolVersion': '2025-11-25' },
  ),
  'two revisions in the header': older(LIST, { 'mcp-protocol-version': '2025-11-25, 2025-06-18' }),
  'an envelope without capabilities': modern(callOf(), {}, {
    'io.modelcontextprotocol/clientCapabilities': undefined,
  } as Values),
  'a handshake that is none in either era': modern(
    { ...LIST, method: 'initialize', params: { protocolVersion: 1, capabilities: {} } },
    { 'mcp-protocol-version': '' },
    { 'io.modelcontextprotocol/clientInfo': { name: 'a', version: 0 } },
  ),
  'a log level nobody knows': modern(callOf(), {}, { 'io.modelcontextprotocol/logLevel': 'loud' }),
  'another method in the header': modern(callOf(), { 'mcp-method': 'tools/list' }),
  'another tool in the header': modern(callOf(), { 'mcp-name': 'get_business' }),
  'a tool in the header in base64': modern(callOf(), { 'mcp-name': '=?base64?c2VhcmNoX2J1c2luZXNzZXM=?=' }),
  'a name for a list': modern(LIST, { 'mcp-name': 'search_businesses' }),
};
for (const missing of ['mcp-method', 'mcp-name']) {
  const { [missing]: _gone, ...headers } = modern(callOf()).headers as Record<string, string>;
  OTHERS[`without ${missing}`] = { headers, body: modern(callOf()).body };
}

describe('answered without the SDK, as the SDK would', () => {
  test.each(Object.entries(PLAIN))('%s', async (_name, request) => {
    expect(await expectSame(request)).toBe(true);
  });

  test.each(['a list, 2025-11-25', 'a list, 2026-07-28'])('%s, of a narrowed connection', async name => {
    expect(await expectSame(PLAIN[name] as Request, narrowed)).toBe(true);
  });
});

describe('left to the SDK', () => {
  test.each(Object.entries(OTHERS))('%s', async (_name, request) => {
    expect(await expectSame(request)).toBe(false);
  });

  test('a tool that a narrowed connection does not have', async () => {
    expect(await expectSame(PLAIN['a call, 2025-11-25'] as Request, narrowed)).toBe(false);
  });
});

test('after a call that asked for progress nothing is told any more', async () => {
  const begun = vi.spyOn(globalThis, 'setInterval');
  const ended = vi.spyOn(globalThis, 'clearInterval');
  for (const name of ['progress asked for', 'progress asked for, 2026-07-28']) {
    const { headers, body } = OTHERS[name] as Request;
    await askEndpoint(ours, headers, body, defaultTools);
  }
  const timers = begun.mock.results.map(({ value }) => value);
  const stopped = ended.mock.calls.map(([timer]) => timer);
  expect(timers.length).toBeGreaterThan(1);
  expect(timers.filter(timer => !stopped.includes(timer))).toEqual([]);
  vi.restoreAllMocks();
});

test('whatever a request is made of, both answer the same', async () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('2.0', '2026-07-28', '2025-11-25', 'tools/call', 'tools/list', 'search_businesses', BOTH),
  );
  const everything = [...Object.values(PLAIN), ...Object.values(OTHERS)];
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

/** With another value wherever a name stands. */
function replaced(body: unknown, place: string, value: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body).map(([name, inner]) => [
    name,
    name === place ? value : replaced(inner, place, value),
  ]);
  return Object.fromEntries(entries);
}
