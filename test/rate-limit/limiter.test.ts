import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Admission, Limiter } from '../../src/rate-limit/limiter.ts';
import { MemoryStore } from '../../src/rate-limit/memory-store.ts';

const patient = { maxWaitMs: 10_000, signal: new AbortController().signal };
const rulesOf = (limit: number, windowMs: number) => ({
  limit,
  keyLimit: limit,
  windowMs,
  deliveryAllowanceMs: 0,
  maxWaiting: 100,
});
const limiterOf = (limit: number, windowMs: number) => new Limiter(new MemoryStore(rulesOf(limit, windowMs)));
const acquire = (limiter: Limiter, options = {}) =>
  limiter.acquire(['org'], 'key', { ...patient, ...options });

function granted(admission: Admission) {
  if (!admission.granted) throw new Error('refused');
  return admission;
}

describe('the limiter', () => {
  test('admits callers in the order they came', async () => {
    const limiter = limiterOf(1, 40);
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3, 4].map(async number => {
        await acquire(limiter);
        order.push(number);
      }),
    );
    expect(order).toEqual([1, 2, 3, 4]);
  });

  test('reports the wait to a waiting caller', async () => {
    const limiter = limiterOf(1, 80);
    const reported: number[] = [];
    const onWait = (ms: number) => reported.push(ms);
    await acquire(limiter, { onWait });
    expect(reported).toEqual([]);
    expect(await acquire(limiter, { onWait })).toMatchObject({ granted: true });
    expect(reported[0]).toBeGreaterThan(0);
    expect(reported[0]).toBeLessThanOrEqual(80);
  });

  test('refuses a wait that does not fit at once, with a retry time early enough to queue', async () => {
    const limiter = limiterOf(1, 60_000);
    await acquire(limiter);
    const refused = async (maxWaitMs: number) => {
      const refusal = await acquire(limiter, { maxWaitMs });
      return refusal.granted ? undefined : refusal.retryAfterMs;
    };
    expect(await refused(0)).toBeCloseTo(60_000, -3);
    expect(await refused(8_000)).toBeCloseTo(56_000, -3);
    expect(await refused(40_000)).toBeCloseTo(50_000, -3);
  });

  test('gives no retry time before the end of a pause', async () => {
    const limiter = limiterOf(1, 60_000);
    await limiter.pause('org', 30_000);
    expect(await acquire(limiter)).toEqual({ granted: false, retryAfterMs: expect.closeTo(30_000, -2) });
  });

  test('releases the slot of a caller that disconnects', async () => {
    const limiter = limiterOf(1, 200);
    await acquire(limiter);
    const leaving = new AbortController();
    const left = acquire(limiter, { signal: leaving.signal });
    leaving.abort(new Error('disconnected'));
    await expect(left).rejects.toThrow();
    // The slot at 200 ms is free again; otherwise this caller would wait for the one at 400 ms.
    expect(await acquire(limiter, { maxWaitMs: 250 })).toMatchObject({ granted: true });
  });

  test('a request that was not sent frees its slot at once, an answered one a window later', async () => {
    const store = new MemoryStore({ ...rulesOf(1, 300), deliveryAllowanceMs: 60_000 });
    const limiter = new Limiter(store);
    await granted(await acquire(limiter)).release();
    await granted(await acquire(limiter, { maxWaitMs: 0 })).settle();
    expect(await acquire(limiter, { maxWaitMs: 0 }), 'used').toMatchObject({ granted: false });
    await sleep(310);
    expect(await acquire(limiter, { maxWaitMs: 0 }), 'free again').toMatchObject({ granted: true });
  });

  test('refuses a waiting caller when a pause makes its wait too long', async () => {
    const limiter = limiterOf(1, 50);
    await acquire(limiter);
    const waiting = acquire(limiter, { maxWaitMs: 1_000 });
    await limiter.pause('org', 30_000);
    expect(await waiting).toMatchObject({ granted: false });
  });

  test('a caller goes earlier when the one before it disconnects', async () => {
    const limiter = limiterOf(1, 4_000);
    await acquire(limiter);
    const leaving = new AbortController();
    const first = acquire(limiter, { signal: leaving.signal });
    const started = performance.now();
    const second = acquire(limiter);
    leaving.abort(new Error('disconnected'));
    await expect(first).rejects.toThrow();
    expect(await second).toMatchObject({ granted: true });
    expect(performance.now() - started).toBeLessThan(6_000);
  });

  test('keeps the promised slot when the store forgets it', async () => {
    class Forgetful extends MemoryStore {
      override async remainingWait() {
        return undefined;
      }
    }
    const limiter = new Limiter(new Forgetful(rulesOf(1, 300)));
    await acquire(limiter);
    const started = performance.now();
    await acquire(limiter);
    expect(performance.now() - started).toBeGreaterThan(250);
  });

  test('does not admit a caller that has disconnected already, and charges nothing for it', async () => {
    const limiter = limiterOf(1, 60_000);
    const disconnected = AbortSignal.abort(new Error('disconnected'));
    await expect(acquire(limiter, { signal: disconnected })).rejects.toThrow('disconnected');
    expect(await acquire(limiter)).toMatchObject({ granted: true });
  });

  test('copies what a key has used in one bucket to another, and nothing of other keys', async () => {
    const limiter = limiterOf(2, 60_000);
    for (const key of ['key', 'another']) await limiter.acquire(['one'], key, patient);
    await limiter.copyUsage('one', 'org', { keyThere: 'key', key: 'key' });
    await limiter.copyUsage('one', 'org', { keyThere: 'key', key: 'key' });
    expect(await acquire(limiter)).toMatchObject({ granted: true, remaining: 0 });
    expect(await acquire(limiter)).toMatchObject({ granted: false });
  });

  describe('with two buckets', () => {
    const both = (limiter: Limiter, options = {}) =>
      limiter.acquire(['org', 'unknown'], 'key', { ...patient, ...options });

    test('takes a slot in each or in none', async () => {
      const limiter = limiterOf(2, 60_000);
      await limiter.acquire(['unknown'], 'another', patient);
      expect(await both(limiter), 'the smaller remainder').toMatchObject({ granted: true, remaining: 0 });
      expect(await both(limiter)).toMatchObject({ granted: false });
      expect(await acquire(limiter), 'the refusal cost nothing').toMatchObject({
        granted: true,
        remaining: 0,
      });
    });

    test('releases both when the request was not sent', async () => {
      const limiter = limiterOf(1, 60_000);
      await granted(await both(limiter)).release();
      expect(await both(limiter)).toMatchObject({ granted: true });
    });

    test('admits when the later one has room, and counts from then on in both', async () => {
      const limiter = limiterOf(1, 1_200);
      await limiter.acquire(['unknown'], 'another', patient);
      const started = performance.now();
      await both(limiter);
      expect(performance.now() - started).toBeGreaterThan(1_190);
      for (const bucket of ['org', 'unknown']) {
        const admission = await limiter.acquire([bucket], 'key', { ...patient, maxWaitMs: 800 });
        expect(admission, bucket).toMatchObject({ granted: false });
      }
    });
  });
});
