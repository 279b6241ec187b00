import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBreaker } from '../../src/partoo/breaker.ts';
import type { Attempt } from '../../src/partoo/transport.ts';
import { connectCurl, errorIn, type TestClient } from '../support/clients.ts';
import { type RunningPair, startPair } from '../support/start.ts';

describe('when Partoo fails more often than not', () => {
  let pair: RunningPair;
  let client: TestClient;
  beforeEach(async () => {
    pair = await startPair({ UPSTREAM_TIMEOUT_MS: '200' }, { rateLimitPerMinute: 10_000 });
    client = await connectCurl(pair.url, { 'x-APIKey': 'demo-admin' });
  });
  afterEach(() => pair.close());

  const search = (page: number) => client.call('search_businesses', { page });
  const codes = async (count: number) => {
    const answers = await Promise.all(Array.from({ length: count }, (_, i) => search(i + 1)));
    return answers.map(answer => (answer.isError ? errorIn(answer).code : 'ok'));
  };
  const readyz = async () => {
    const response = await fetch(`${pair.origin}/readyz`);
    return { status: response.status, body: await response.json() };
  };

  test.each([
    { what: '5xx', fault: { kind: 'status', status: 503 } },
    { what: 'time-outs', fault: { kind: 'latency', ms: 400 } },
  ] as const)('with $what, calls fail at once, with the seconds, and nothing is sent', async ({ fault }) => {
    pair.partoo.faults.add({ ...fault, times: Number.POSITIVE_INFINITY });
    await codes(12);
    const sent = pair.partoo.requests.length;
    const started = performance.now();
    const read = errorIn(await search(99));
    const write = errorIn(await client.call('send_message', { conversation_id: 30001, content: 'Hello' }));
    expect(performance.now() - started).toBeLessThan(500);
    for (const error of [read, write]) {
      expect(error.code).toBe('partoo_unavailable');
      expect(error.retry_after_seconds).toBeGreaterThan(5);
      expect(error.retry_after_seconds).toBeLessThanOrEqual(10);
    }
    expect(pair.partoo.requests).toHaveLength(sent);
    expect(await readyz(), 'seen, but no reason to take the replica out').toMatchObject({
      status: 200,
      body: { status: 'ready', partoo: { circuit_breaker: 'open' } },
    });
    expect(pair.log.filter(({ msg }) => String(msg).startsWith('Partoo fails'))).toHaveLength(1);
  });

  test('refusals are signs of life: 4xx and 429 leave it closed', async () => {
    pair.partoo.faults.add({ kind: 'status', status: 404, times: 30 });
    expect(new Set(await codes(30))).toEqual(new Set(['not_found']));
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '0' }, times: 20 });
    await codes(20);
    expect((await readyz()).body).toMatchObject({ partoo: { circuit_breaker: 'closed' } });
    expect(await codes(1)).toEqual(['ok']);
  });

  test('some failures among many answers leave it closed', async () => {
    expect(new Set(await codes(20))).toEqual(new Set(['ok']));
    pair.partoo.faults.add({ kind: 'status', status: 500, times: 10 });
    await codes(20);
    expect((await readyz()).body).toMatchObject({ partoo: { circuit_breaker: 'closed' } });
  });
});

describe('an open breaker', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  const answered = (status: number): Attempt => ({ kind: 'answered', status, json: {} });
  async function open() {
    const said: string[] = [];
    const breaker = createBreaker({ opened: () => said.push('opened'), closed: () => said.push('closed') });
    for (let i = 0; i < 20; i++) await breaker.through(async () => answered(500));
    expect(breaker.state).toBe('open');
    return { breaker, said };
  }

  test('lets one attempt try, and the others not wait for it', async () => {
    const { breaker, said } = await open();
    expect(breaker.notBeforeMs()).toBe(10_000);
    expect(await breaker.through(async () => answered(200))).toBeUndefined();
    vi.advanceTimersByTime(10_000);
    expect(breaker.notBeforeMs()).toBeUndefined();
    const trial = Promise.withResolvers<Attempt>();
    const first = breaker.through(() => trial.promise);
    expect(breaker.state).toBe('half_open');
    expect(await breaker.through(async () => answered(200)), 'one at a time').toBeUndefined();
    expect(breaker.notBeforeMs()).toBeGreaterThan(0);
    trial.resolve(answered(200));
    expect(await first).toEqual(answered(200));
    expect(breaker.state).toBe('closed');
    expect(said).toEqual(['opened', 'closed']);
  });

  test('stays open when the caller of the trial goes away: that says nothing of Partoo', async () => {
    const { breaker, said } = await open();
    vi.advanceTimersByTime(10_000);
    const gone = breaker.through(() => Promise.reject(new Error('gone')));
    await expect(gone).rejects.toThrow('gone');
    expect(breaker.state).toBe('open');
    expect(said).toEqual(['opened']);
  });

  test('opens again when the trial fails, and says so only once', async () => {
    const { breaker, said } = await open();
    vi.advanceTimersByTime(10_000);
    await breaker.through(async () => answered(500));
    expect(breaker.notBeforeMs()).toBe(10_000);
    expect(said).toEqual(['opened']);
  });
});
