import { expect, onTestFinished, test, vi } from 'vitest';
import { connectPlain } from '../support/clients.ts';
import { scrape } from '../support/metrics.ts';
import { redisDatabase } from '../support/redis-database.ts';
import { rpc } from '../support/rpc.ts';
import { exceptLookUps, startScriptedPartoo } from '../support/scripted-partoo.ts';
import { startPair, startServer } from '../support/start.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';

/** Metrics of the rate limit and the circuit breaker. */

const METRICS = { METRICS_PORT: '0' };
const KEY = { 'x-APIKey': 'demo-admin' };

test('a write whose client disconnects while it waits for the rate limit counts as cancelled, with its wait', async () => {
  const pair = await startPair(METRICS);
  const value = async (series: string) => (await scrape(pair)).value(series);
  pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '5' } });
  const caller = new AbortController();
  const started = performance.now();
  const calling = fetch(pair.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...KEY },
    body: JSON.stringify(
      rpc('tools/call', { name: 'send_message', arguments: { conversation_id: 30001, content: 'Hello' } }),
    ),
    signal: caller.signal,
  });
  await expect.poll(() => value('partoo_mcp_calls_waiting'), { interval: 10 }).toBe(1);
  caller.abort();
  await expect(calling).rejects.toThrow();
  const cancelled = (what: string) =>
    value(`partoo_mcp_limit_wait_duration_seconds_${what}{outcome="cancelled"}`);
  await expect.poll(() => cancelled('count')).toBe(1);
  const waited = await cancelled('sum');
  expect(waited).toBeGreaterThan(0);
  expect(waited).toBeLessThanOrEqual((performance.now() - started) / 1_000);
  await pair.close();
});

test('calls that wait for the rate limit show in the queue, and afterwards with the time they waited', async () => {
  const pair = await startPair(METRICS);
  const value = async (series: string) => (await scrape(pair)).value(series);
  const client = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
  pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
  const started = performance.now();
  const calling = client.call('search_businesses');
  await expect.poll(() => value('partoo_mcp_calls_waiting'), { interval: 10 }).toBe(1);
  await calling;
  const took = (performance.now() - started) / 1_000;
  expect(await value('partoo_mcp_calls_waiting')).toBe(0);
  const waited = await value('partoo_mcp_limit_wait_duration_seconds_sum{outcome="granted"}');
  expect(waited).toBeGreaterThan(0.5);
  expect(waited).toBeLessThanOrEqual(took);
  pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '40' } });
  await client.call('search_businesses');
  expect(await value('partoo_mcp_limit_wait_duration_seconds_count{outcome="refused"}')).toBe(1);
  await pair.close();
});

test('the circuit breaker shows as open, and as half open once it may try, even without requests', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const partoo = await startScriptedPartoo(exceptLookUps(() => ({ status: 503 })));
  const server = await startServer(partoo.baseUrl, METRICS);
  const callAs = async (key: string) => {
    const client = await connectPlain(server.url, { 'x-APIKey': key });
    await Promise.all([1, 2, 3].map(page => client.call('search_businesses', { page })));
  };
  const seen = async () => {
    const { value } = await scrape(server);
    const states = ['closed', 'open', 'half_open'];
    const open = (scope: string) => value(`partoo_mcp_circuit_breakers_open{scope="${scope}"}`);
    return {
      state: states.filter(state => value(`partoo_mcp_circuit_breaker_state{state="${state}"}`) === 1),
      organizations: open('organization'),
      keys: open('key'),
    };
  };
  await callAs('1-anna');
  expect(await seen(), 'for one key alone').toEqual({ state: ['closed'], organizations: 0, keys: 1 });
  await Promise.all([callAs('2-ben'), callAs('3-carl')]);
  expect(await seen()).toMatchObject({ state: ['open'] });
  vi.advanceTimersByTime(9_000);
  expect(await seen()).toMatchObject({ state: ['open'] });
  vi.advanceTimersByTime(1_000);
  expect(await seen()).toEqual({ state: ['half_open'], organizations: 0, keys: 0 });
  await server.close();
  await partoo.close();
});

const redisUrl = redisDatabase(11);
test.skipIf(!redisUrl)(
  'the store of the limits shows as Redis, and as fallback while Redis is lost',
  async () => {
    const url = new URL(redisUrl as string);
    const proxy = await tcpProxy(url.hostname, Number(url.port));
    url.host = `127.0.0.1:${proxy.port}`;
    const pair = await startPair({ ...METRICS, REDIS_URL: url.href });
    const value = async (state: string) =>
      (await scrape(pair)).value(`partoo_mcp_limiter_store{state="${state}"}`);
    await expect.poll(() => value('redis')).toBe(1);
    proxy.cut();
    await expect.poll(() => value('fallback')).toBe(1);
    expect(await value('redis')).toBe(0);
    proxy.restore();
    await expect.poll(() => value('redis'), { timeout: 10_000 }).toBe(1);
    await pair.close();
    await proxy.close();
  },
);
