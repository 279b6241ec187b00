import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailoverStore } from '../../src/rate-limit/failover-store.ts';
import type { LimitRules } from '../../src/rate-limit/limit-store.ts';
import { MemoryStore } from '../../src/rate-limit/memory-store.ts';

/**
 * Several replicas that lose the store they share, and count by themselves from then on. A memory store with the whole
 * limit stands for Redis: it keeps the same rules (store-contract.test.ts).
 */

const WINDOW_MS = 1_000;
const BUCKET = 'org';

class Fleet {
  now = 0;
  lost = false;
  readonly limit: number;
  readonly left: { at: number; replica: number }[] = [];
  /** How many had left when each replica last asked. */
  readonly asked = new Map<number, number>();
  /** How many had left when the shared store was lost. */
  leftBefore = 0;
  readonly #replicas: FailoverStore[];

  constructor(limit: number, replicas: number) {
    this.limit = limit;
    const rules = (most: number): LimitRules => ({
      limit: most,
      keyLimit: most,
      windowMs: WINDOW_MS,
      travelMs: 0,
      maxWaiting: 100,
    });
    const clock = () => this.now;
    const shared = new MemoryStore(rules(limit), clock);
    const watch = {
      use: <Result>(ask: () => Promise<Result>, otherwise: () => Promise<Result>) =>
        this.lost ? otherwise() : ask(),
      addResyncSource() {},
    };
    this.#replicas = Array.from({ length: replicas }, () => {
      const own = new MemoryStore(rules(Math.max(1, Math.floor(limit / replicas))), clock);
      return new FailoverStore(shared, own, watch, { travelMs: 0, replicas });
    });
  }

  lose(): void {
    this.lost = true;
    this.leftBefore = this.left.length;
  }

  async call(which: number): Promise<void> {
    const replica = which % this.#replicas.length;
    const { granted, waitMs } = await (this.#replicas[replica] as FailoverStore).reserve(BUCKET, 'a', 0);
    if (!this.lost) this.asked.set(replica, this.left.length + (granted ? 1 : 0));
    if (granted && waitMs === 0) this.left.push({ at: this.now, replica });
  }

  /** The most of what others used before the loss that a replica had not heard of. */
  unheard(): number {
    return Math.max(...this.#replicas.map((_, replica) => this.leftBefore - (this.asked.get(replica) ?? 0)));
  }

  mostInAWindow(): number {
    const inWindow = ({ at }: { at: number }) =>
      this.left.filter(other => other.at <= at && other.at > at - WINDOW_MS);
    return Math.max(0, ...this.left.map(request => inWindow(request).length));
  }
}

const calls = fc.array(fc.record({ replica: fc.nat(2), afterMs: fc.nat(200) }), { maxLength: 60 });

describe('replicas that lose the Redis they share', () => {
  test.each([
    { used: [50, 9], limit: 60 },
    { used: [20, 20, 1], limit: 60 },
    { used: [40, 1, 1], limit: 60 },
    { used: [0, 1], limit: 60 },
  ])('send no more than $limit together when they had used $used', async ({ used, limit }) => {
    const fleet = new Fleet(limit, used.length);
    // Each hears of the others with its last call.
    for (const [replica, times] of used.entries()) {
      for (let i = 1; i < times; i++) await fleet.call(replica);
    }
    for (const [replica, times] of used.entries()) if (times > 0) await fleet.call(replica);
    fleet.lose();
    for (let i = 0; i < 60; i++) for (const replica of used.keys()) await fleet.call(replica);
    expect(fleet.unheard()).toBeLessThanOrEqual(used.length);
    expect(fleet.left.length).toBeLessThanOrEqual(limit + fleet.unheard());
  });

  test('use no more in any window than the limit and what they had not heard of', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        calls,
        calls,
        async (limit, replicas, before, after) => {
          const fleet = new Fleet(limit, replicas);
          for (const { replica, afterMs } of before) {
            fleet.now += afterMs;
            await fleet.call(replica);
          }
          fleet.lose();
          for (const { replica, afterMs } of after) {
            fleet.now += afterMs;
            await fleet.call(replica);
          }
          expect(fleet.mostInAWindow()).toBeLessThanOrEqual(limit + fleet.unheard());
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('go on with a share of the whole limit a window later', async () => {
    const fleet = new Fleet(60, 2);
    for (let i = 0; i < 50; i++) await fleet.call(0);
    for (let i = 0; i < 9; i++) await fleet.call(1);
    fleet.lose();
    fleet.now += WINDOW_MS;
    fleet.left.length = 0;
    for (let i = 0; i < 60; i++) for (const replica of [0, 1]) await fleet.call(replica);
    expect(fleet.left).toHaveLength(60);
  });
});
