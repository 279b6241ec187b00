import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectV2, errorIn, type TestClient } from '../../support/clients.ts';
import { REPLY_TEMPLATE } from '../../support/reply-template.ts';
import { type RunningPair, startPair, startServer } from '../../support/start.ts';
import { fetchFromEmulator } from '../../support/tool-test.ts';

let pair: RunningPair;
let client: TestClient;
let untreated: number[];
// Anew for each: a Partoo that fails in one test must not open the circuit breaker for the next.
beforeEach(async () => {
  pair = await startPair(
    { UPSTREAM_TIMEOUT_MS: '1000', TOOL_DEADLINE_MS: '9000', RATE_LIMIT_MAX_WAIT_MS: '5000' },
    { rateLimitPerMinute: 10_000 },
  );
  client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=not_treated&per_page=100');
  untreated = (reviews as { id: number }[]).map(({ id }) => id);
});
afterEach(async () => {
  await client.close();
  await pair.close();
});

async function run(tool: string, args: Record<string, unknown>) {
  pair.received();
  const result = await client.call(tool, args);
  return { result, received: pair.received() };
}

const read = () => run('search_businesses', { city: 'Lyon' });
const reply = () => run('reply_to_review', { review_id: untreated.pop(), content: 'Thank you!' });
const update = (region: string) => run('update_business', { business_id: 'c-PAR/01', region });

describe('a read', () => {
  test.each([
    { fault: { kind: 'status', status: 503 } },
    { fault: { kind: 'cut' } },
    { fault: { kind: 'cut_body' } },
    { fault: { kind: 'garbage' } },
    { fault: { kind: 'latency', ms: 1500 } },
  ] as const)('is sent again after $fault.kind and then succeeds', async ({ fault }) => {
    pair.partoo.faults.add({ ...fault, times: 2 });
    const { result, received } = await read();
    expect(result.isError, result.text).toBe(false);
    expect(received).toHaveLength(3);
  });

  test.each([
    { what: '5xx', fault: { kind: 'status', status: 500 }, code: 'partoo_unavailable' },
    { what: 'garbage', fault: { kind: 'garbage' }, code: 'partoo_unavailable' },
    {
      what: 'a response beyond the cap',
      fault: { kind: 'huge', bytes: 11_000_000 },
      code: 'partoo_unavailable',
    },
    { what: 'a redirect', fault: { kind: 'status', status: 302 }, code: 'partoo_unavailable' },
    { what: 'no response in time', fault: { kind: 'latency', ms: 1500 }, code: 'timeout' },
  ] as const)('gives up on $what after four attempts', async ({ fault, code }) => {
    pair.partoo.faults.add({ ...fault, times: Number.POSITIVE_INFINITY });
    const { result, received } = await read();
    expect(errorIn(result).code).toBe(code);
    expect(received).toHaveLength(4);
  });

  test('obeys a Retry-After it cannot wait for by giving up at once, and returns the seconds', async () => {
    pair.partoo.faults.add({ kind: 'status', status: 503, headers: { 'retry-after': '120' } });
    const { result, received } = await read();
    expect(errorIn(result)).toMatchObject({ code: 'partoo_unavailable', retry_after_seconds: 120 });
    expect(received).toHaveLength(1);
  });

  test('obeys a Retry-After it can wait for in full', async () => {
    pair.partoo.faults.add({ kind: 'status', status: 503, headers: { 'retry-after': '1' } });
    const { result, received } = await read();
    expect(result.isError).toBe(false);
    expect((received[1]?.at ?? 0) - (received[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  });
});

describe('a write', () => {
  test.each([
    { what: 'a cut connection', fault: { kind: 'cut' } },
    { what: 'a cut response', fault: { kind: 'cut_body' } },
    { what: 'a 500', fault: { kind: 'status', status: 500 } },
    { what: 'a 504', fault: { kind: 'status', status: 504 } },
    { what: 'a response that is not JSON', fault: { kind: 'garbage' } },
  ] as const)('is never sent again after $what: the outcome is unknown', async ({ fault }) => {
    pair.partoo.faults.add({ ...fault, when: 'after' });
    const { result, received } = await run('create_review_reply_template', REPLY_TEMPLATE);
    const error = errorIn(result);
    expect(error.code).toBe('outcome_unknown');
    expect(error.next_step, 'how to find out').toContain('under reply templates');
    expect(error.next_step, 'how to go on then').toContain('idempotency_key');
    expect(received).toHaveLength(1);
  });

  test('that was refused with 429 is sent again, after the time Partoo asked for', async () => {
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
    const { result, received } = await reply();
    expect(result.isError, result.text).toBe(false);
    expect(received).toHaveLength(2);
    expect((received[1]?.at ?? 0) - (received[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  test('that sets values is sent again after a 500, and its outcome is unknown only in the end', async () => {
    pair.partoo.faults.add({ kind: 'status', status: 500 });
    const { result, received } = await update('Normandie');
    expect(result.isError, result.text).toBe(false);
    expect(received).toHaveLength(2);

    pair.partoo.faults.add({ kind: 'status', status: 500, times: Number.POSITIVE_INFINITY });
    const failed = await update('Île-de-France');
    expect(errorIn(failed.result).code).toBe('outcome_unknown');
    expect(errorIn(failed.result).next_step).toContain('get_business');
    expect(failed.received).toHaveLength(4);
  });

  test('that may have happened stays unknown when a later attempt is held back by the limit', async () => {
    pair.partoo.faults.add({ kind: 'status', status: 500 });
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '2' } });
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    const colleague = await connectV2(pair.url, { 'x-APIKey': 'demo-colleague' });
    const result = await colleague.call('update_business', { business_id: 'c-PAR/01', region: 'Normandie' });
    await colleague.close();
    expect(errorIn(result)).toMatchObject({ code: 'outcome_unknown' });
  });

  test('that may have happened stays unknown when a later attempt is refused', async () => {
    // The first attempt changes the code and is cut; the second asks for a code that is no longer there.
    pair.partoo.faults.add({ kind: 'cut', when: 'after' });
    const { result, received } = await run('update_business', { business_id: 'c-MAD#3', code: 'MAD-99' });
    expect(received).toHaveLength(2);
    expect(received[1]?.status).toBe(404);
    expect(errorIn(result)).toMatchObject({ code: 'outcome_unknown' });
  });
});

describe('time', () => {
  test('a 429 with a wait of 0 leads to no tight loop', async () => {
    const other = await connectV2(pair.url, { 'x-APIKey': 'demo-other' });
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '0' }, times: 4 });
    pair.received();
    expect(errorIn(await other.call('search_businesses')).code).toBe('rate_limited');
    const moments = pair.received().map(({ at }) => at);
    expect(moments).toHaveLength(4);
    expect(new Set(moments).size, 'each pause is a random one').toBeGreaterThan(2);
    await other.close();
  });

  test('no attempt starts without enough time for a response', async () => {
    const short = await startServer(
      await pair.partoo.listen().catch(() => `${pair.partoo.app.listeningOrigin}/v2`),
      {
        TOOL_DEADLINE_MS: '2500',
        RATE_LIMIT_MAX_WAIT_MS: '2400',
      },
    );
    const hurried = await connectV2(short.url, { 'x-APIKey': 'demo-colleague' });
    pair.received();
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '2' } });
    const result = await hurried.call('reply_to_review', {
      review_id: untreated.pop(),
      content: 'Thank you!',
    });
    expect(errorIn(result)).toMatchObject({ code: 'rate_limited' });
    expect(pair.received()).toHaveLength(1);

    pair.partoo.faults.add({ kind: 'latency', ms: 5_000, times: 4 });
    const started = performance.now();
    const slow = await connectV2(short.url, { 'x-APIKey': 'demo-other' });
    expect(errorIn(await slow.call('search_businesses')).code).toBe('timeout');
    expect(performance.now() - started, 'the deadline cuts an attempt short').toBeLessThan(4_000);
    await Promise.all([hurried.close(), slow.close(), short.close()]);
  });
});
