import { describe, expect, test } from 'vitest';
import { Limiter } from '../../src/limits/limiter.ts';
import { MemoryStore } from '../../src/limits/memory-store.ts';

const patient = { maxWaitMs: 10_000, signal: new AbortController().signal };
const limiterOf = (limit: number, windowMs: number) => new Limiter(new MemoryStore({ limit, windowMs }));

describe('the limiter', () => {
  test('lets callers through in the order they came', async () => {
    const limiter = limiterOf(1, 40);
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3, 4].map(async number => {
        await limiter.acquire('key', patient);
        order.push(number);
      }),
    );
    expect(order).toEqual([1, 2, 3, 4]);
  });

  test('tells a waiting caller how long', async () => {
    const limiter = limiterOf(1, 80);
    const told: number[] = [];
    await limiter.acquire('key', { ...patient, onWait: ms => told.push(ms) });
    expect(told).toEqual([]);
    expect(await limiter.acquire('key', { ...patient, onWait: ms => told.push(ms) })).toEqual({
      granted: true,
    });
    expect(told[0]).toBeGreaterThan(0);
    expect(told[0]).toBeLessThanOrEqual(80);
  });

  test('refuses at once what does not fit', async () => {
    const limiter = limiterOf(1, 60_000);
    await limiter.acquire('key', patient);
    const refusal = await limiter.acquire('key', patient);
    expect(refusal).toMatchObject({ granted: false });
    expect(refusal).toHaveProperty('retryAfterMs', expect.closeTo(60_000, -3));
  });

  test('gives back the slot of a caller who goes away', async () => {
    const limiter = limiterOf(1, 200);
    await limiter.acquire('key', patient);
    const leaving = new AbortController();
    const left = limiter.acquire('key', { ...patient, signal: leaving.signal });
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow();
    // The slot at 200 ms is free again; without that this caller would have to wait for the one at 400 ms.
    expect(await limiter.acquire('key', { ...patient, maxWaitMs: 250 })).toMatchObject({ granted: true });
  });

  test('a caller who waits when a pause comes is refused once its wait no longer fits', async () => {
    const limiter = limiterOf(1, 50);
    await limiter.acquire('key', patient);
    const waiting = limiter.acquire('key', { ...patient, maxWaitMs: 1_000 });
    await limiter.pause('key', 30_000);
    expect(await waiting).toMatchObject({ granted: false });
  });

  test('keeps to the moment it promised when the store forgets it', async () => {
    const store = new MemoryStore({ limit: 1, windowMs: 300 });
    const limiter = new Limiter({
      reserve: (...args) => store.reserve(...args),
      release: (...args) => store.release(...args),
      pause: (...args) => store.pause(...args),
      waitLeft: async () => undefined,
    });
    await limiter.acquire('key', patient);
    const started = performance.now();
    await limiter.acquire('key', patient);
    expect(performance.now() - started).toBeGreaterThan(250);
  });

  test('lets nobody through who has gone already, and charges nothing for it', async () => {
    const limiter = limiterOf(1, 60_000);
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(limiter.acquire('key', { ...patient, signal: gone })).rejects.toThrow('gone');
    expect(await limiter.acquire('key', patient)).toEqual({ granted: true });
  });
});
