import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashKey } from '../../src/http/authentication/key-hash.ts';
import { tools } from '../../src/tools/index.ts';
import { CLIENTS, connectPlain } from '../support/clients.ts';
import { scrape, totalOf } from '../support/metrics.ts';
import { post, postModern } from '../support/post.ts';
import { rawRequest, rawSocket } from '../support/raw-socket.ts';
import { rpc } from '../support/rpc.ts';
import { type RunningPair, startPair, startServer } from '../support/start.ts';
import { madeToken, tokenFile } from '../support/token-file.ts';

const METRICS = { METRICS_PORT: '0' };
const KEY = { 'x-APIKey': 'demo-admin' };

test('there are no metrics without METRICS_PORT', async () => {
  const pair = await startPair();
  expect((await fetch(`${pair.origin}/metrics`)).status).toBe(404);
  expect(pair.log.filter(({ msg }) => String(msg).startsWith('metrics'))).toEqual([]);
  await pair.close();
});

describe('a server with METRICS_PORT', () => {
  let pair: RunningPair;
  beforeAll(async () => {
    pair = await startPair({ ...METRICS, UPSTREAM_TIMEOUT_MS: '200', TOOL_DEADLINE_MS: '5000' });
  });
  afterAll(() => pair.close());

  const address = () => new URL(String(pair.log.find(({ msg }) => msg === 'metrics at /metrics')?.address));
  const counted = async (series: string) => (await scrape(pair)).value(series) ?? 0;
  /** Returns by how much a series grows during `act`. */
  async function growth(series: string, act: () => Promise<unknown>) {
    const before = await counted(series);
    await act();
    return (await counted(series)) - before;
  }
  /** Returns the same of a series of durations, and how long `act` took, both in seconds. */
  async function secondsOf(series: string, act: () => Promise<unknown>) {
    const before = await counted(series);
    const started = performance.now();
    await act();
    const took = (performance.now() - started) / 1_000;
    return { measured: (await counted(series)) - before, took };
  }
  const call = async (name: string, args = {}) => {
    const client = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
    return client.call(name, args);
  };

  test('serves metrics on a port of their own, on loopback', async () => {
    expect((await fetch(`${pair.origin}/metrics`)).status).toBe(404);
    expect(address().hostname).toBe('127.0.0.1');
    const response = await fetch(new URL('/metrics', address()));
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect((await fetch(new URL('/', address()))).status).toBe(404);
  });

  test('refuses metrics to requests with a foreign Host', async () => {
    const status = await new Promise(resolve => {
      const asking = request(new URL('/metrics', address()), { headers: { host: 'evil.example' } });
      asking.on('response', response => resolve(response.statusCode)).end();
    });
    expect(status).toBe(403);
  });

  test.each(CLIENTS)('counts and times the calls of $client by tool and outcome', async ({ connect }) => {
    const client = await connect(pair.url, { 'x-APIKey': 'demo-admin' });
    const ok = 'partoo_mcp_tool_calls_total{gen_ai_tool_name="get_business",outcome="ok"}';
    const missing = 'partoo_mcp_tool_calls_total{gen_ai_tool_name="get_business",outcome="not_found"}';
    const timed =
      'mcp_server_operation_duration_seconds_count{mcp_method_name="tools/call",gen_ai_tool_name="get_business",error_type="tool_error"}';
    expect(await growth(ok, () => client.call('get_business', { business_id: 'c-PAR/01' }))).toBe(1);
    expect(await growth(timed, () => client.call('get_business', { business_id: 'c-NO' }))).toBe(1);
    expect(await growth(missing, () => client.call('get_business', { business_id: 'c-NO' }))).toBe(1);
    await client.close();
  });

  test('has a series for each tool and outcome from the start, so that a rate sees the first call', async () => {
    const { value } = await scrape(pair);
    for (const { name } of tools) {
      for (const outcome of ['ok', 'rate_limited', 'internal', 'outcome_unknown']) {
        const series = `partoo_mcp_tool_calls_total{gen_ai_tool_name="${name}",outcome="${outcome}"}`;
        expect(value(series), series).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test('counts attempts by template and status or error, and those that repeat an earlier one', async () => {
    const attempts = (status: string, error: string) =>
      `http_client_request_duration_seconds_count{http_request_method="GET",url_template="/business/{business_id}",http_response_status_code="${status}",error_type="${error}"}`;
    const ask = () => call('get_business', { business_id: 'c-PAR/01' });
    pair.partoo.faults.add({ kind: 'status', status: 503 });
    expect(await growth(attempts('503', '503'), ask)).toBe(1);
    pair.partoo.faults.add({ kind: 'cut' });
    expect(await growth(attempts('', 'lost'), ask)).toBe(1);
    pair.partoo.faults.add({ kind: 'latency', ms: 300 });
    expect(await growth(attempts('', 'timeout'), ask)).toBe(1);
    pair.partoo.faults.add({ kind: 'status', status: 503 });
    expect(await growth(attempts('200', ''), ask)).toBe(1);
    expect(await counted('partoo_mcp_resent_requests_total')).toBe(4);
  });

  test('counts HTTP requests by route and status, and other messages by method', async () => {
    const posts = (status: number) =>
      `http_server_request_duration_seconds_count{http_request_method="POST",http_route="/mcp",http_response_status_code="${status}"}`;
    expect(await growth(posts(400), () => post(`${pair.url}?read_only=true`, { method: 'ping' }))).toBe(1);
    const lists =
      'mcp_server_operation_duration_seconds_count{mcp_method_name="tools/list",gen_ai_tool_name="",error_type=""}';
    expect(await growth(lists, () => post(pair.url, { method: 'tools/list' }))).toBe(1);
  });

  test.each([
    'mcp_server_operation_duration_seconds_sum{mcp_method_name="tools/call",gen_ai_tool_name="get_business",error_type=""}',
    'http_client_request_duration_seconds_sum{http_request_method="GET",url_template="/business/{business_id}",http_response_status_code="200",error_type=""}',
    'http_server_request_duration_seconds_sum{http_request_method="POST",http_route="/mcp",http_response_status_code="200"}',
  ])('measures %s in seconds', async series => {
    pair.partoo.faults.add({ kind: 'latency', ms: 120 });
    const { measured, took } = await secondsOf(series, () =>
      call('get_business', { business_id: 'c-PAR/01' }),
    );
    expect(measured).toBeGreaterThan(0.1);
    expect(measured).toBeLessThanOrEqual(took);
  });

  test('measures other messages in seconds, and counts refused ones by status', async () => {
    const lists = (labels: string) =>
      `mcp_server_operation_duration_seconds_${labels.replace('{', '{mcp_method_name="tools/list",gen_ai_tool_name="",')}`;
    const list = () => post(pair.url, { method: 'tools/list' });
    const { measured, took } = await secondsOf(lists('sum{error_type=""}'), list);
    expect(measured).toBeGreaterThan(0);
    expect(measured).toBeLessThanOrEqual(took);
    const refused = () => postModern(pair.url, 'tools/list', {}, { 'mcp-method': 'ping' });
    expect(await growth(lists('count{error_type="400"}'), refused)).toBe(1);
  });

  test.each([
    ['tools/call', -32602, { params: { arguments: {} } }],
    ['_OTHER', -32601, { method: 'foo/bar' }],
  ])('counts a message that is refused before it calls a tool: %s, %s', async (method, error, message) => {
    const series = `mcp_server_operation_duration_seconds_count{mcp_method_name="${method}",gen_ai_tool_name="",error_type="${error}"}`;
    expect(await growth(series, () => post(pair.url, { method: 'tools/call', ...message }))).toBe(1);
  });

  const SEARCH = { name: 'search_businesses', arguments: { per_page: 1 } };
  test.each([
    { what: 'a call', send: () => post(pair.url, { method: 'tools/call', params: SEARCH }, KEY) },
    { what: 'a call of 2026-07-28', send: () => postModern(pair.url, 'tools/call', SEARCH, KEY) },
    {
      what: 'a call in a batch',
      send: () =>
        post(pair.url, [rpc('tools/call', SEARCH)], {
          ...KEY,
          'mcp-protocol-version': '2025-03-26',
        }),
    },
    { what: 'a message', send: () => post(pair.url, { method: 'ping' }) },
  ])('counts $what exactly once', async ({ send }) => {
    const before = totalOf('mcp_server_operation_duration_seconds_count', await scrape(pair));
    expect((await send()).status).toBe(200);
    const after = totalOf('mcp_server_operation_duration_seconds_count', await scrape(pair));
    expect(after - before).toBe(1);
  });

  test('counts a request whose client disconnects as 499, and lets its read at Partoo finish', async () => {
    const posts =
      'http_server_request_duration_seconds_count{http_request_method="POST",http_route="/mcp",http_response_status_code="499"}';
    const before = await counted(posts);
    pair.partoo.faults.add({ kind: 'latency', ms: 150 });
    const caller = new AbortController();
    const params = { name: 'get_business', arguments: { business_id: 'c-PAR/01' } };
    const calling = fetch(pair.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...KEY },
      body: JSON.stringify(rpc('tools/call', params)),
      signal: caller.signal,
    });
    await expect.poll(() => counted('http_client_active_requests'), { interval: 10 }).toBe(1);
    caller.abort();
    await expect(calling).rejects.toThrow();
    await expect.poll(() => counted(posts)).toBe(before + 1);
    await expect.poll(() => counted('http_client_active_requests')).toBe(0);
  });

  test('counts a request whose body never arrives as 499', async () => {
    const posts =
      'http_server_request_duration_seconds_count{http_request_method="POST",http_route="/mcp",http_response_status_code="499"}';
    const before = await counted(posts);
    const { socket, ended } = rawSocket(pair.origin);
    const half = rawRequest('{"jsonrpc":"2.0"', KEY).slice(0, -5);
    await new Promise<unknown>(resolve => socket.write(half, resolve));
    socket.destroy();
    await ended;
    await expect.poll(() => counted(posts)).toBe(before + 1);
  });

  test('shows the calls and attempts in progress', async () => {
    pair.partoo.faults.add({ kind: 'latency', ms: 600 });
    const calling = call('search_businesses');
    await expect.poll(() => counted('http_client_active_requests'), { interval: 10 }).toBe(1);
    expect(await counted('partoo_mcp_tool_calls_in_flight')).toBe(1);
    await calling;
    expect(await counted('http_client_active_requests')).toBe(0);
    expect(await counted('partoo_mcp_tool_calls_in_flight')).toBe(0);
  });

  test('shows event-loop lag, memory and the version', async () => {
    const { text, value } = await scrape(pair);
    expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(text).toMatch(/^partoo_mcp_build_info\{version="\d/m);
    const heap = Number(value('nodejs_heap_size_used_bytes'));
    expect(heap).toBeLessThan(Number(value('nodejs_heap_size_limit_bytes')));
    expect(value('partoo_mcp_limiter_store{state="memory"}')).toBe(1);
    expect(value('partoo_mcp_circuit_breaker_state{state="closed"}')).toBe(1);
  });

  test('puts no made-up name and nothing of a caller into labels', async () => {
    const canary = 'canary_71bc';
    const key = 'canary-key-3f9a';
    const message = (method: string, params: object = {}) => ({ method, params });
    for (const sent of [
      message(canary),
      message('tools/call', { name: canary }),
      message('tools/call', { name: 'get_business', arguments: { business_id: canary } }),
      message('tools/call', { name: 'search_reviews', arguments: { keywords: canary, [canary]: canary } }),
    ]) {
      await post(pair.url, sent, { 'x-APIKey': key, traceparent: canary });
      await post(pair.url, sent, { 'x-APIKey': 'demo-admin', traceparent: canary });
    }
    await fetch(`${pair.origin}/${canary}?${canary}`);
    const { text, value } = await scrape(pair);
    const other = 'partoo_mcp_tool_calls_total{gen_ai_tool_name="_OTHER",outcome="unknown_tool"}';
    expect(value(other)).toBe(2);
    expect(text).toContain('mcp_method_name="_OTHER"');
    for (const secret of [
      'canary',
      hashKey(key, ''),
      hashKey('demo-admin', ''),
      'demo-admin',
      'PAR/01',
      'PAR%2F01',
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});

test('the series that alerts use start at zero', async () => {
  const pair = await startPair(METRICS);
  const { value } = await scrape(pair);
  for (const status of [200, 202, 400, 401, 403, 413, 429, 500, 503]) {
    const series = `http_server_request_duration_seconds_count{http_request_method="POST",http_route="/mcp",http_response_status_code="${status}"}`;
    expect(value(series), series).toBe(0);
  }
  for (const outcome of ['granted', 'refused', 'cancelled']) {
    const series = `partoo_mcp_limit_wait_duration_seconds_count{outcome="${outcome}"}`;
    expect(value(series), series).toBe(0);
  }
  await pair.close();
});

test('the series in alerts.test.yml are those of a server, from its start and with these labels', async () => {
  const figures = readFileSync(join(import.meta.dirname, '../prometheus/alerts.test.yml'), 'utf8');
  const counters = [
    ...figures.matchAll(/series: '((?:partoo_mcp_tool_calls_total|http_server_.*route="\/mcp")[^']*)'/g),
  ];
  const asServed = counters.map(([, series]) =>
    (series as string).replace(/job="partoo-mcp", instance="\w+", /, '').replaceAll(', ', ','),
  );
  const pair = await startPair(METRICS);
  const { value } = await scrape(pair);
  await pair.close();
  expect(asServed.length).toBeGreaterThan(10);
  expect(asServed.filter(series => value(series) === undefined)).toEqual([]);
});

test('people who share a key are counted, each once, and never named', async () => {
  const people = [madeToken('Ana'), madeToken('Ben'), madeToken('Never calls')];
  const file = await tokenFile(people.map(({ entry }) => entry));
  const env = { ...METRICS, PARTOO_API_KEY: 'demo-admin', TEAM_TOKENS_FILE: file.path };
  const pair = await startPair(env);
  for (const { token } of [...people.slice(0, 2), ...people.slice(0, 2)]) {
    await (await connectPlain(pair.url, { 'x-api-key': token })).call('search_businesses');
  }
  const metrics = await scrape(pair);
  expect(metrics.value('partoo_mcp_people')).toBe(2);
  expect(metrics.text).not.toMatch(/Ana|Ben/);
  await pair.close();
  await file.remove();
});

test('closing the server closes the metrics port', async () => {
  const pair = await startPair(METRICS);
  await scrape(pair);
  await pair.close();
  await expect(scrape(pair)).rejects.toThrow('fetch failed');
});

test('attempts that cannot reach Partoo count as not_sent', async () => {
  const server = await startServer('http://127.0.0.1:1/v2', METRICS);
  const body = await post(
    server.url,
    { method: 'tools/call', params: { name: 'search_businesses' } },
    { 'x-APIKey': 'demo-admin' },
  );
  expect(body.body.result?.isError).toBe(true);
  const { value } = await scrape(server);
  const series =
    'http_client_request_duration_seconds_count{http_request_method="GET",url_template="/user/me",http_response_status_code="",error_type="not_sent"}';
  expect(value(series)).toBeGreaterThan(0);
  await server.close();
});

test('metrics on a network address accept any Host', async () => {
  const pair = await startPair({ ...METRICS, METRICS_HOST: '0.0.0.0' });
  const { port } = new URL(String(pair.log.find(({ msg }) => msg === 'metrics at /metrics')?.address));
  for (const host of ['server:9464', '172.18.0.3:9464', '[fdaa::3]:9464']) {
    const status = await new Promise(resolve => {
      request({ port, path: '/metrics', headers: { host } }, response => resolve(response.statusCode)).end();
    });
    expect(status, host).toBe(200);
  }
  await pair.close();
});
