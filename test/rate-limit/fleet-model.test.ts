import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailoverStore } from '../../src/rate-limit/failover-store.ts';
import type { LimitRules } from '../../src/rate-limit/limit-store.ts';
import { MemoryStore } from '../../src/rate-limit/memory-store.ts';

/**
 * Several replicas lose their shared store and count on their own from then on. A memory store with the whole limit stands
 * in for Redis: it passes the same contract (store-contract.test.ts).
 */

const WINDOW_MS = 1_000;
const BUCKET = 'org';

class Fleet {
  now = 0;
  lost = false;
  readonly limit: number;
  readonly left: { at: number; replica: number }[] = [];
  /** How many requests had left when each replica last reserved. */
  readonly asked = new Map<number, number>();
  /** How many requests had left when the shared store was lost. */
  leftBefore = 0;
  readonly #replicas: FailoverStore[];

  constructor(limit: number, replicas: number) {
    this.limit = limit;
    const rules = (most: number): LimitRules => ({
      limit: most,
      keyLimit: most,
      windowMs: WINDOW_MS,
      deliveryAllowanceMs: 0,
      maxWaiting: 100,
    });
    const clock = () => this.now;
    const shared = new MemoryStore(rules(limit), clock);
    const health = {
      use: <Result>(ask: () => Promise<Result>, otherwise: () => Promise<Result>) =>
        this.lost ? otherwise() : ask(),
      addResyncSource() {},
    };
    this.#replicas = Array.from({ length: replicas }, () => {
      const own = new MemoryStore(rules(Math.max(1, Math.floor(limit / replicas))), clock);
      return new FailoverStore(shared, own, health, { deliveryAllowanceMs: 0, replicas });
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

  /** The most requests before the loss that one replica does not know of. */
  unknownUse(): number {
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
  ])('together send at most $limit after having used $used', async ({ used, limit }) => {
    const fleet = new Fleet(limit, used.length);
    // With its last call each replica learns what the others used.
    for (const [replica, times] of used.entries()) {
      for (let i = 1; i < times; i++) await fleet.call(replica);
    }
    for (const [replica, times] of used.entries()) if (times > 0) await fleet.call(replica);
    fleet.lose();
    for (let i = 0; i < 60; i++) for (const replica of used.keys()) await fleet.call(replica);
    expect(fleet.unknownUse()).toBeLessThanOrEqual(used.length);
    expect(fleet.left.length).toBeLessThanOrEqual(limit + fleet.unknownUse());
  });

  test('exceed the limit of any window at most by what they did not know of', async () => {
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
          expect(fleet.mostInAWindow()).toBeLessThanOrEqual(limit + fleet.unknownUse());
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('use their shares of the whole limit a window later', async () => {
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
