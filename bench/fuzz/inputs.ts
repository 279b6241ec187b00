import fc from 'fast-check';
import { tools } from '../../src/tools/index.ts';
import { everyTool } from '../../test/support/every-tool.ts';
import { ENVELOPE } from '../../test/support/post.ts';
import { rawRequest } from '../../test/support/raw-socket.ts';
import { largeIds } from './large-ids.ts';
import { longLists } from './long-lists.ts';

/** Raw bytes for a connection of their own, or a body and headers for POST /mcp. */
export type Input =
  | { kind: string; bytes: Buffer; hangUp?: HangUp }
  | { kind: string; body: Buffer; headers: Record<string, string> };

/** How a client disconnects: within its request, during the call, or at the start of the response. */
export interface HangUp {
  /** How many bytes of the request are sent. */
  bytes: number;
  /** Milliseconds, or `response`: at the first bytes of the response, if they come soon. */
  after: number | 'response';
  how: 'close' | 'reset';
}

const METHODS = [
  'initialize',
  'ping',
  'tools/list',
  'tools/call',
  'server/discover',
  'subscriptions/listen',
  'notifications/initialized',
  'notifications/cancelled',
  'resources/list',
  'completion/complete',
  '__proto__',
];
/** Names and texts that are known to break programs. */
const NASTY = [
  '__proto__',
  'constructor',
  'toString',
  '../user/me',
  '..',
  '.',
  '%2e%2e',
  '..%2f..',
  'a?b=c#d',
  '//evil.example/v2',
  'http://169.254.169.254/',
  '\u0000',
  '\r\nx-evil: 1',
  '\ud800',
  '${jndi:ldap://x}',
  "' or 1=1 --",
  '<script>',
  '9'.repeat(400),
  'null',
  '-1',
  '1e400',
  '2026-02-30',
  '\u202e',
];

const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' }), fc.string());
const json = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 4 }),
  fc.array(text, { maxLength: 5 }),
  fc
    .integer({ min: 1, max: 5_000 })
    .map(depth => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
  fc.integer({ min: 1, max: 20_000 }).map(length => 'x'.repeat(length)),
);
const id = fc.oneof({ weight: 5, arbitrary: fc.integer() }, { weight: 1, arbitrary: json });

/** Calls with one or two wrong arguments, and calls with random arguments. */
const toolCall = fc.constantFrom(...tools).chain(tool => {
  const names = fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...Object.keys(tool.input)) },
    { weight: 1, arbitrary: text },
  );
  return fc.record({
    name: fc.oneof({ weight: 20, arbitrary: fc.constant(tool.name) }, { weight: 1, arbitrary: text }),
    arguments: fc.oneof(
      { weight: 1, arbitrary: fc.dictionary(names, json, { maxKeys: 6 }) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(text, fc.dictionary(names, fc.oneof(text, json), { maxKeys: 1 }))
          .map(([words, changed]) => ({ ...everyTool(words, 1)[tool.name], ...changed })),
      },
    ),
  });
});
/** Known names with values of any type. */
const wrongTypes = fc.record({
  name: fc.oneof(fc.constantFrom(...tools.map(({ name }) => name)), json),
  arguments: json,
  _meta: fc.oneof(json, fc.record({ progressToken: json })),
  uri: json,
  cursor: json,
  protocolVersion: json,
  capabilities: json,
  clientInfo: json,
});
const params = fc.oneof(
  { weight: 6, arbitrary: toolCall },
  { weight: 1, arbitrary: json },
  { weight: 1, arbitrary: wrongTypes },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const message = fc
  .record({
    jsonrpc: fc.oneof({ weight: 20, arbitrary: fc.constant('2.0') }, { weight: 1, arbitrary: json }),
    id: fc.option(id, { nil: undefined, freq: 15 }),
    method: fc.oneof(
      { weight: 12, arbitrary: fc.constant('tools/call') },
      { weight: 4, arbitrary: fc.constantFrom(...METHODS) },
      { weight: 1, arbitrary: json },
    ),
    params,
    modern: fc.boolean(),
  })
  .map(({ modern, ...sent }) =>
    modern ? { ...sent, params: { ...(sent.params as object), _meta: ENVELOPE } } : sent,
  );

/** The headers that repeat values of a 2026-07-28 message. */
function repeated({ method, params }: { method: unknown; params?: unknown }): Record<string, string> {
  const { name, _meta } = (params ?? {}) as { name?: unknown; _meta?: unknown };
  if (_meta !== ENVELOPE || typeof method !== 'string') return {};
  const values = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, 'mcp-name': name };
  const fit = Object.entries(values).filter(
    ([, value]) => typeof value === 'string' && /^[\w/-]+$/.test(value),
  );
  return Object.fromEntries(fit) as Record<string, string>;
}

/** Placeholders in place of a key. None may reach Partoo. */
export const NO_KEYS = ['${KEY}', 'YOUR_PARTOO_KEY', '{env:X}', '%X%', 'undefined', '"null"', 'Bearer', '""'];

/** Mostly what a client sends; sometimes a header is absent or wrong. */
const headers = fc
  .record(
    {
      'content-type': fc.constantFrom(
        'application/json',
        'application/json; charset=latin1',
        'text/plain',
        '',
      ),
      accept: fc.constantFrom(
        'application/json',
        'text/event-stream',
        'application/json, text/event-stream',
        '*/*',
        'x',
      ),
      'x-apikey': fc.constantFrom('demo-admin', 'demo-manager', 'demo-revoked', '', ...NO_KEYS),
      'x-api-key': fc.constantFrom('demo-admin', 'demo-other', ...NO_KEYS),
      authorization: fc.constantFrom('Bearer demo-other', 'Bearer', 'Basic eDp5'),
      'mcp-protocol-version': fc.constantFrom('2026-07-28', '2025-11-25', '2025-03-26', '1999-01-01', 'x'),
      'mcp-method': fc.constantFrom('tools/call', 'tools/list', 'x'),
      'mcp-session-id': fc.constantFrom('x', '__proto__'),
      'x-mcp-readonly': fc.constantFrom('true', 'maybe'),
      origin: fc.constantFrom('http://localhost:1', 'https://evil.example', 'null'),
      'x-forwarded-for': fc.constantFrom('1.2.3.4', 'x'.repeat(500)),
    },
    { requiredKeys: [] },
  )
  .map(given => mostlyUsual(given));

/** Keeps unusual headers only if their number is a multiple of four, so in about one request in four. */
function mostlyUsual(given: Record<string, string | undefined>): Record<string, string> {
  const usual = { 'content-type': 'application/json', 'x-apikey': 'demo-admin' };
  const odd = Object.entries(given).filter(([, value]) => value !== undefined) as [string, string][];
  return {
    ...usual,
    ...Object.fromEntries(odd.length % 4 === 0 ? odd : odd.filter(([name]) => name === 'accept')),
  };
}

/** A call with only one possible meaning, whatever its spelling. */
export const MEANT_ONE_WAY = 'a call in another spelling';

const nothing = fc.constantFrom<unknown>(null, [], '', undefined);
const added = { toolCallId: 'c', sessionId: 's', action: 'sendMessage', task_progress: '- [ ] x', _meta: {} };
const spelled = fc
  .record({
    jsonrpc: fc.constantFrom('2.0', undefined, 2),
    arguments: fc.oneof(
      nothing,
      fc.constantFrom('{}', '{"city":"Lyon"}', [{ city: 'Lyon' }], "{'city': 'Lyon'}", {
        arguments: { city: 'Lyon' },
      }),
      fc.subarray(Object.entries(added)).map(some => ({ city: 'Lyon', ...Object.fromEntries(some) })),
    ),
    _meta: nothing,
  })
  .map(({ jsonrpc, ...params }) => ({
    jsonrpc,
    id: 1,
    method: 'tools/call',
    params: { name: 'search_businesses', ...params },
  }));
const spelledHeaders = fc
  .tuple(
    fc.constantFrom('x-apikey', 'x-api-key', 'x-auth-token', 'authorization'),
    fc.constantFrom(
      'demo-admin',
      '"demo-admin"',
      'Bearer demo-admin',
      'Bearer Bearer demo-admin',
      'demo-admin, demo-admin',
    ),
    fc.constantFrom('', '2025-11-25', '2025-11-25, 2025-11-25', '2025-06-18,2025-06-18', 'undefined'),
    fc.constantFrom('application/json', 'APPLICATION/JSON; charset=utf-8'),
    fc.constantFrom('*/*', 'application/json', 'text/event-stream'),
  )
  .map(([name, key, version, type, accept]) => ({
    [name]: key,
    'mcp-protocol-version': version,
    'content-type': type,
    accept,
    'x-mcp-session-id': 'x',
  }));

const asBody = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '');

/** The input with a few bytes changed, or truncated. */
const broken = (whole: fc.Arbitrary<Buffer>) =>
  fc
    .tuple(
      whole,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat(), { freq: 2 }),
    )
    .map(([bytes, changes, cut]) => {
      const changed = Buffer.from(bytes);
      for (const [at, byte] of changes) changed[at % Math.max(1, changed.length)] = byte;
      return cut === null ? changed : changed.subarray(0, cut % (changed.length + 1));
    });

const wholeRequest = fc
  .tuple(message.map(asBody), headers)
  .map(([body, sent]) => Buffer.from(rawRequest(body.toString('latin1'), sent), 'latin1'));

export const inputs: fc.Arbitrary<Input> = fc.oneof(
  {
    weight: 50,
    arbitrary: fc.tuple(message, headers).map(([sent, headers]) => ({
      kind: 'a message',
      body: asBody(sent),
      headers: { ...repeated(sent), ...headers },
    })),
  },
  {
    weight: 15,
    arbitrary: fc.record({
      kind: fc.constant('a broken message'),
      body: broken(message.map(asBody)),
      headers,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('a batch'),
      body: fc.array(message, { maxLength: 12 }).map(asBody),
      headers,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant(MEANT_ONE_WAY),
      body: spelled.map(asBody),
      headers: spelledHeaders,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('a long list'), body: longLists.map(asBody), headers }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('a large id'), body: largeIds, headers }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('any JSON'), body: json.map(asBody), headers }) },
  {
    weight: 20,
    arbitrary: fc.record({ kind: fc.constant('a broken HTTP request'), bytes: broken(wholeRequest) }),
  },
  {
    weight: 10,
    arbitrary: fc
      .tuple(
        wholeRequest,
        fc.boolean(),
        fc.nat(),
        fc.oneof(
          { weight: 3, arbitrary: fc.nat(30) },
          { weight: 1, arbitrary: fc.constant('response' as const) },
        ),
        fc.constantFrom('close', 'reset'),
      )
      .map(([bytes, whole, cut, after, how]) => ({
        kind: 'a hang-up',
        bytes,
        hangUp: { bytes: whole ? bytes.length : cut % bytes.length, after, how },
      })),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('any bytes'),
      bytes: fc.uint8Array({ maxLength: 2_000 }).map(bytes => Buffer.from(bytes)),
    }),
  },
);
