import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { MemoryStore } from '../../src/limits/memory-store.ts';
import { RedisStore } from '../../src/limits/redis-store.ts';
import type { LimitStore } from '../../src/limits/store.ts';

/** Whatever callers do in whatever order: never more than the limit in any window, and nobody overtakes. */

const LIMITS = { limit: 3, windowMs: 1_000 };
const redisUrl = inject('redisUrl');

let now = 0;
let redis: Redis;
beforeAll(() => {
  if (redisUrl) redis = new Redis(redisUrl);
});
afterAll(() => redis?.disconnect());

type Step =
  | { do: 'reserve'; maxWaitMs: number }
  | { do: 'release'; which: number }
  | { do: 'pause'; ms: number }
  | { do: 'pass'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('reserve' as const), maxWaitMs: fc.nat(6_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), which: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('pause' as const), ms: fc.integer({ min: 1, max: 2_500 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(700) }) },
);

async function run(store: LimitStore, steps: Step[]) {
  const bucket = randomUUID();
  now = 1_000_000;
  let pausedUntil = 0;
  /** Moment of each ticket that is still held, in order of arrival. */
  const slots = new Map<string, number>();

  const look = async () => {
    for (const [ticket, at] of slots) {
      if (at <= now) continue;
      const left = await store.waitLeft(bucket, ticket);
      expect(left, 'a slot that is waited for is known').toBeDefined();
      slots.set(ticket, now + (left as number));
    }
  };

  for (const [index, action] of steps.entries()) {
    const ticket = `t${index}`;
    if (action.do === 'pass') now += action.ms;
    if (action.do === 'pause') {
      await store.pause(bucket, action.ms);
      pausedUntil = Math.max(pausedUntil, now + action.ms);
      await look();
    }
    if (action.do === 'release') {
      const waiting = [...slots].filter(([, at]) => at > now);
      const [left] = waiting[action.which % Math.max(1, waiting.length)] ?? [];
      if (left !== undefined) {
        await store.release(bucket, left);
        slots.delete(left);
      }
    }
    if (action.do === 'reserve') {
      const reservation = await store.reserve(bucket, ticket, action.maxWaitMs);
      if (!reservation.granted) {
        expect(reservation.retryAfterMs).toBeGreaterThan(action.maxWaitMs);
        continue;
      }
      expect(reservation.waitMs).toBeLessThanOrEqual(action.maxWaitMs);
      const at = now + reservation.waitMs;
      expect(at).toBeGreaterThanOrEqual(Math.max(...slots.values(), pausedUntil));
      slots.set(ticket, at);
    }
    const moments = [...slots.values()];
    expect(moments, 'in order of arrival').toEqual(moments.toSorted((a, b) => a - b));
    for (const [i, at] of moments.entries()) {
      const full = moments[i - LIMITS.limit];
      if (full !== undefined)
        expect(at - full, 'one more than the limit, a window later').toBeGreaterThanOrEqual(1_000);
    }
    for (const at of moments.filter(at => at > now)) expect(at).toBeGreaterThanOrEqual(pausedUntil);
  }
}

describe.each([
  { kind: 'memory', runs: 500, create: (): LimitStore => new MemoryStore(LIMITS, () => now) },
  { kind: 'Redis', runs: 100, create: (): LimitStore => new RedisStore(redis, LIMITS, () => now) },
])('the $kind store', ({ kind, runs, create }) => {
  const given = kind === 'memory' || redisUrl ? test : test.skip;

  given('never lets more than the limit into any window, and nobody overtakes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), steps => run(create(), steps)),
      { numRuns: runs },
    );
  });
});
