import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { LimitStore } from '../../src/limits/store.ts';
import { clock, limitStores } from '../support/limit-stores.ts';

/** Whatever callers do in whatever order: never more than the limit in any window, and nobody overtakes. */

const LIMITS = { limit: 3, windowMs: 1_000 };
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
  let pausedUntil = 0;
  /** Moment of each ticket that is still held, in order of arrival. */
  const slots = new Map<string, number>();

  const look = async () => {
    for (const [ticket, at] of slots) {
      if (at <= clock.now) continue;
      const left = await store.waitLeft(bucket, ticket);
      expect(left, 'a slot that is waited for is known').toBeDefined();
      slots.set(ticket, clock.now + (left as number));
    }
  };

  for (const [index, action] of steps.entries()) {
    const ticket = `t${index}`;
    if (action.do === 'pass') clock.now += action.ms;
    if (action.do === 'pause') {
      await store.pause(bucket, action.ms);
      pausedUntil = Math.max(pausedUntil, clock.now + action.ms);
      await look();
    }
    if (action.do === 'release') {
      const waiting = [...slots].filter(([, at]) => at > clock.now);
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
      const at = clock.now + reservation.waitMs;
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
    for (const at of moments.filter(at => at > clock.now)) expect(at).toBeGreaterThanOrEqual(pausedUntil);
  }
}

describe.each(limitStores())('the $kind store', ({ kind, create, given }) => {
  given('never lets more than the limit into any window, and nobody overtakes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), steps => run(create(LIMITS), steps)),
      { numRuns: kind === 'memory' ? 500 : 100 },
    );
  });
});
