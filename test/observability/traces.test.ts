import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashKey } from '../../src/http/authentication/key-hash.ts';
import { connectCurl, connectV1, connectV2 } from '../support/clients.ts';
import { type Collector, type ReceivedSpan, startCollector } from '../support/collector.ts';
import { scrape, totalOf } from '../support/metrics.ts';
import { type PostResponse, post, postModern } from '../support/post.ts';
import { type RunningPair, startPair } from '../support/start.ts';
import { madeToken, tokenFile } from '../support/token-file.ts';

const KEY = { 'x-APIKey': 'demo-admin' };
const META = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
const HEADER = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) };
const traceparent = ({ traceId, spanId }: typeof META, flags = '01') => `00-${traceId}-${spanId}-${flags}`;

let collector: Collector;
let pair: RunningPair;
beforeEach(async () => {
  collector = await startCollector();
});
afterEach(() => collector.close());

const start = async (env: Record<string, string> = {}) => {
  pair = await startPair({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    UPSTREAM_TIMEOUT_MS: '300',
    ...env,
  });
};
/** Closing the server sends the remaining spans. */
const received = async () => {
  await pair.close();
  return collector.spans;
};

type Call = (params: object, headers?: Record<string, string>) => Promise<PostResponse>;
const ERAS: { era: string; call: Call }[] = [
  {
    era: '2025-11-25',
    call: (params, headers) => post(pair.url, { method: 'tools/call', params }, { ...KEY, ...headers }),
  },
  {
    era: '2026-07-28',
    call: (params, headers) => postModern(pair.url, 'tools/call', params, { ...KEY, ...headers }),
  },
];
const SEARCH = { name: 'search_businesses', arguments: { per_page: 5 } };

describe.each(ERAS)('the spans of a $era call', ({ era, call }) => {
  test('are one for the call, by the MCP conventions, and a child for each attempt at Partoo', async () => {
    await start();
    await call(SEARCH);
    pair.partoo.faults.add({ kind: 'status', status: 503 });
    pair.partoo.faults.add({ kind: 'cut' });
    const { headers } = await call({ name: 'get_business', arguments: { business_id: 'c-PAR/01' } });
    const spans = await received();

    const [root, ...others] = spans.filter(({ name }) => name === 'tools/call get_business');
    expect(others).toEqual([]);
    expect(root).toMatchObject({
      kind: 'server',
      failed: false,
      attributes: {
        'mcp.method.name': 'tools/call',
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'get_business',
        'partoo_mcp.outcome': 'ok',
        'partoo_mcp.request_id': headers.get('x-request-id'),
        ...(era === '2026-07-28' && { 'mcp.protocol.version': era }),
      },
    });
    expect(root?.parentSpanId).toBeUndefined();
    const attempts = spans.filter(({ parentSpanId }) => parentSpanId === root?.spanId);
    expect(attempts.map(({ kind, name, traceId }) => ({ kind, name, traceId }))).toEqual(
      Array(3).fill({ kind: 'client', name: 'GET /business/{business_id}', traceId: root?.traceId }),
    );
    expect(attempts.map(({ failed, attributes }) => ({ failed, ...attributes }))).toMatchObject([
      { failed: true, 'http.response.status_code': 503, 'error.type': '503', 'server.address': '127.0.0.1' },
      { failed: true, 'error.type': 'lost', 'http.request.resend_count': 1 },
      { failed: false, 'http.response.status_code': 200, 'http.request.resend_count': 2 },
    ]);
    expect(attempts[0]?.attributes).not.toHaveProperty('http.request.resend_count');
    expect(root?.events).toHaveLength(3);
    expect(root?.events[0]).toMatchObject({
      name: 'partoo_mcp.turn',
      attributes: { 'partoo_mcp.turn.outcome': 'granted' },
    });
    // The very first call looked up whose key it is: in its own trace.
    const search = spans.find(({ name }) => name === 'tools/call search_businesses');
    expect(spans.find(({ name }) => name === 'GET /user/me')).toMatchObject({ parentSpanId: search?.spanId });
    expect(collector.resource).toMatchObject({
      'service.name': 'partoo-mcp',
      'service.version': expect.any(String),
    });
  });

  test('join the trace in the HTTP headers', async () => {
    await start();
    await call(SEARCH, { traceparent: traceparent(HEADER) });
    const root = (await received()).find(({ kind }) => kind === 'server');
    expect(root).toMatchObject({ traceId: HEADER.traceId, parentSpanId: HEADER.spanId });
  });

  test('join the trace in _meta rather than that in the headers', async () => {
    await start();
    await call(
      { ...SEARCH, _meta: { traceparent: traceparent(META) } },
      { traceparent: traceparent(HEADER) },
    );
    const spans = await received();
    expect(spans.find(({ kind }) => kind === 'server')).toMatchObject({
      traceId: META.traceId,
      parentSpanId: META.spanId,
    });
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([META.traceId]));
  });

  test('join the trace in the headers if that in _meta is invalid', async () => {
    await start();
    await call({ ...SEARCH, _meta: { traceparent: 'yes please' } }, { traceparent: traceparent(HEADER) });
    expect((await received()).find(({ kind }) => kind === 'server')).toMatchObject({
      traceId: HEADER.traceId,
    });
  });

  test('are not recorded in a trace that its caller does not record', async () => {
    await start();
    await call(SEARCH, { traceparent: traceparent(HEADER, '00') });
    expect(await received()).toEqual([]);
  });

  test('show error results and unknown tools as errors', async () => {
    await start();
    await call({ name: 'get_business', arguments: { business_id: 'c-NOWHERE' } });
    await call({ name: 'made_up' });
    const [missing, unknown] = (await received()).filter(({ kind }) => kind === 'server');
    expect(missing).toMatchObject({
      failed: true,
      attributes: { 'error.type': 'tool_error', 'partoo_mcp.outcome': 'not_found' },
    });
    expect(unknown).toMatchObject({
      name: 'tools/call',
      failed: true,
      attributes: { 'error.type': '-32602', 'rpc.response.status_code': '-32602' },
    });
  });
});

test.each([
  { client: 'the v2 SDK', connect: connectV2 },
  { client: 'the v1 SDK', connect: connectV1 },
  { client: 'curl', connect: connectCurl },
])('calls of $client have spans', async ({ connect }) => {
  await start();
  const client = await connect(pair.url, { ...KEY, traceparent: traceparent(HEADER) });
  await client.call('search_reviews');
  await client.close();
  expect((await received()).find(({ kind }) => kind === 'server')).toMatchObject({
    name: 'tools/call search_reviews',
    parentSpanId: HEADER.spanId,
  });
});

test('the log line of a call has the trace id', async () => {
  await start();
  await post(
    pair.url,
    { method: 'tools/call', params: SEARCH },
    { ...KEY, traceparent: traceparent(HEADER) },
  );
  const [line] = pair.log.filter(({ msg }) => msg === 'tool call');
  expect(line).toMatchObject({ traceId: HEADER.traceId });
  await received();
});

test('the span of a call names the person who shares a key, and no key or token', async () => {
  const ana = madeToken('Ana');
  const file = await tokenFile([ana.entry]);
  await start({ PARTOO_API_KEY: 'demo-admin', TEAM_TOKENS_FILE: file.path });
  const params = { name: 'search_businesses', arguments: {} };
  await post(pair.url, { method: 'tools/call', params }, { authorization: `Bearer ${ana.token}` });
  const [span] = (await received()).filter(({ kind }) => kind === 'server');
  expect(span?.attributes).toMatchObject({ 'enduser.id': 'Ana' });
  expect(collector.text()).not.toContain(ana.token);
  await file.remove();
});

test('Partoo gets no trace headers', async () => {
  await start();
  const headers = { ...KEY, traceparent: traceparent(HEADER), tracestate: 'a=b', baggage: 'c=d' };
  await post(pair.url, { method: 'tools/call', params: SEARCH }, headers);
  const [request] = pair.received();
  expect(request).toBeDefined();
  expect(Object.keys(request?.headers ?? {}).filter(name => /trace|baggage/.test(name))).toEqual([]);
  await received();
});

test('the collector gets the configured headers and service name', async () => {
  await start({
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=local%20presence,authorization=Bearer%20t',
    OTEL_SERVICE_NAME: 'mine',
  });
  await post(pair.url, { method: 'tools/call', params: SEARCH }, KEY);
  await received();
  expect(collector.headers[0]).toMatchObject({ 'x-team': 'local presence', authorization: 'Bearer t' });
  expect(collector.resource).toMatchObject({ 'service.name': 'mine' });
});

test.each([
  { sampler: 'always_on', share: '0', records: ['no trace', 'a recorded one', 'one that is not'] },
  { sampler: 'always_off', share: '1', records: [] },
  { sampler: 'traceidratio', share: '1', records: ['no trace', 'a recorded one', 'one that is not'] },
  { sampler: 'traceidratio', share: '0', records: [] },
  { sampler: 'parentbased_always_on', share: '0', records: ['no trace', 'a recorded one'] },
  { sampler: 'parentbased_always_off', share: '1', records: ['a recorded one'] },
  { sampler: 'parentbased_traceidratio', share: '1', records: ['no trace', 'a recorded one'] },
  { sampler: 'parentbased_traceidratio', share: '0', records: ['a recorded one'] },
])('the sampler $sampler with $share records calls with: $records', async ({ sampler, share, records }) => {
  await start({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: share });
  const call = (headers = {}) =>
    post(pair.url, { method: 'tools/call', params: SEARCH }, { ...KEY, ...headers });
  await call();
  await call({ traceparent: traceparent(HEADER) });
  await call({ traceparent: traceparent(META, '00') });
  const names = { [HEADER.traceId]: 'a recorded one', [META.traceId]: 'one that is not' };
  const recorded = (await received()).filter(({ kind }) => kind === 'server');
  expect(recorded.map(({ traceId }) => names[traceId] ?? 'no trace')).toEqual(records);
});

test('events of a span show the wait for the rate limit in seconds, and its refusal', async () => {
  await start();
  pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
  const started = performance.now();
  await post(pair.url, { method: 'tools/call', params: SEARCH }, KEY);
  const took = (performance.now() - started) / 1_000;
  pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '40' } });
  await post(pair.url, { method: 'tools/call', params: { name: 'search_reviews' } }, KEY);
  const admissionsOf = (spans: ReceivedSpan[], tool: string) =>
    spans
      .filter(({ name }) => name === `tools/call ${tool}`)
      .flatMap(({ events }) => events.map(({ attributes }) => attributes));
  const spans = await received();
  const waits = admissionsOf(spans, 'search_businesses').map(admission =>
    Number(admission['partoo_mcp.turn.wait_seconds']),
  );
  expect(Math.max(...waits)).toBeGreaterThan(0.5);
  expect(Math.max(...waits)).toBeLessThanOrEqual(took);
  expect(
    admissionsOf(spans, 'search_reviews').map(admission => admission['partoo_mcp.turn.outcome']),
  ).toEqual(['granted', 'refused']);
});

test('metrics and traces record the same call when both are on', async () => {
  await start({ METRICS_PORT: '0' });
  pair.partoo.faults.add({ kind: 'status', status: 503 });
  await post(
    pair.url,
    { method: 'tools/call', params: { name: 'get_business', arguments: { business_id: 'c-PAR/01' } } },
    { ...KEY, traceparent: traceparent(HEADER) },
  );
  await post(pair.url, { method: 'ping' });
  const counted = await scrape(pair);
  expect(pair.log.find(({ msg }) => msg === 'tool call')).toMatchObject({ traceId: HEADER.traceId });
  const spans = await received();

  expect(totalOf('mcp_server_operation_duration_seconds_count', counted)).toBe(2);
  expect(totalOf('http_client_request_duration_seconds_count', counted)).toBe(3);
  expect(counted.value('http_client_active_requests')).toBe(0);
  expect(totalOf('partoo_mcp_limit_wait_duration_seconds_count', counted)).toBe(3);
  expect(spans.map(({ name }) => name).toSorted()).toEqual([
    'GET /business/{business_id}',
    'GET /business/{business_id}',
    'GET /user/me',
    'tools/call get_business',
  ]);
  expect(spans.flatMap(({ events }) => events)).toHaveLength(3);
});

test('the collector gets no key, argument, result, id or header of a caller', async () => {
  await start();
  const canary = 'canary-71bc';
  const key = 'canary-key-3f9a';
  const headers = { traceparent: traceparent(HEADER), tracestate: `x=${canary}`, baggage: `x=${canary}` };
  const calls = [
    { name: 'search_reviews', arguments: { keywords: canary } },
    { name: 'get_business', arguments: { business_id: `c-${canary}` } },
    { name: 'send_message', arguments: { conversation_id: 30001, content: canary } },
    { name: 'search_reviews', arguments: { [canary]: canary } },
    { name: canary },
  ];
  for (const [at, params] of calls.entries()) {
    for (const sent of [KEY, { 'x-APIKey': key }]) {
      const body = {
        id: `${canary}-${at}`,
        method: 'tools/call',
        params: { ...params, _meta: { [canary]: canary } },
      };
      await post(pair.url, body, { ...headers, ...sent });
      pair.partoo.faults.add({ kind: 'status', status: 500, body: { error: canary } });
      await postModern(pair.url, 'tools/call', params, { ...headers, ...sent, 'user-agent': canary });
      pair.partoo.faults.clear();
    }
  }
  const spans = await received();
  expect(spans.length).toBeGreaterThan(20);
  const text = collector.text();
  for (const secret of [
    KEY['x-APIKey'],
    key,
    hashKey(key, ''),
    hashKey(KEY['x-APIKey'], ''),
    '30001',
    'Solène',
  ]) {
    expect(text).not.toContain(secret);
  }
  expect(text).not.toContain(canary);
});

test('without OTEL_EXPORTER_OTLP_ENDPOINT there are no traces', async () => {
  pair = await startPair();
  await post(
    pair.url,
    { method: 'tools/call', params: SEARCH },
    { ...KEY, traceparent: traceparent(HEADER) },
  );
  expect(pair.log.filter(({ msg }) => msg === 'tool call')[0]).not.toHaveProperty('traceId');
  await pair.close();
  expect(collector.spans).toEqual([]);
});
