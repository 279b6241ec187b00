import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { LimitRules, LimitStore } from '../../src/rate-limit/limit-store.ts';
import { clock, limitStores } from '../support/limit-stores.ts';

/**
 * Random callers in random order and with random delays never exceed the limit of any window. Like the limiter, a caller
 * checks its slot every second and when it is due.
 */

const RECHECK_MS = 1_000;
/** The last two are people who share the key c. */
const QUEUES = ['a', 'b', 'c', 'c.ana', 'c.ben'];
const keyOf = (queue: string) => queue.split('.')[0];

type Step =
  | { do: 'reserve'; queue: string; maxWaitMs: number }
  | { do: 'settle' | 'release'; which: number }
  | { do: 'pause'; ms: number }
  | { do: 'pass'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('reserve' as const),
      queue: fc.constantFrom(...QUEUES),
      maxWaitMs: fc.nat(20_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('settle' as const, 'release' as const), which: fc.nat(20) }),
  },
  {
    weight: 1,
    // Redis expires a pause by its own clock: long enough for this test to see it.
    arbitrary: fc.record({ do: fc.constant('pause' as const), ms: fc.integer({ min: 1_000, max: 4_000 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(3_000) }) },
);

const anyRules: fc.Arbitrary<LimitRules> = fc.record({
  limit: fc.integer({ min: 1, max: 5 }),
  keyLimit: fc.integer({ min: 1, max: 5 }),
  windowMs: fc.constantFrom(1_000, 4_000),
  deliveryAllowanceMs: fc.constantFrom(0, 300),
  maxWaiting: fc.constantFrom(2, 100),
});

interface Caller {
  ticket: string;
  queue: string;
  slot: number;
  checksAt: number;
  leftAt?: number;
  /** When Partoo has counted it at the latest. */
  countedBy?: number;
}

class World {
  readonly #store: LimitStore;
  readonly #rules: LimitRules;
  readonly #lateMs: number;
  readonly #bucket = randomUUID();
  readonly callers: Caller[] = [];
  #pausedUntil = 0;

  constructor(store: LimitStore, rules: LimitRules, lateMs: number) {
    this.#store = store;
    this.#rules = rules;
    this.#lateMs = lateMs;
  }

  async take(action: Step): Promise<void> {
    switch (action.do) {
      case 'pass':
        return this.#pass(action.ms);
      case 'pause':
        await this.#store.pause(this.#bucket, action.ms);
        this.#pausedUntil = Math.max(this.#pausedUntil, clock.now + action.ms);
        return;
      case 'reserve':
        return this.#reserve(action.queue, action.maxWaitMs);
      case 'settle': {
        const left = this.callers.filter(({ leftAt }) => leftAt !== undefined);
        const caller = left[action.which % Math.max(1, left.length)];
        if (!caller) return;
        await this.#store.settle(this.#bucket, caller.ticket, clock.now - (caller.leftAt ?? 0));
        caller.countedBy = Math.min(caller.countedBy ?? clock.now, clock.now);
        return;
      }
      case 'release': {
        const waiting = this.callers.filter(({ leftAt }) => leftAt === undefined);
        const caller = waiting[action.which % Math.max(1, waiting.length)];
        if (!caller) return;
        await this.#store.release(this.#bucket, caller.ticket);
        this.callers.splice(this.callers.indexOf(caller), 1);
        return;
      }
    }
  }

  async #reserve(queue: string, maxWaitMs: number): Promise<void> {
    const reservation = await this.#store.reserve(this.#bucket, queue, maxWaitMs);
    const waiting = this.callers.filter(caller => caller.queue === queue && caller.leftAt === undefined);
    if (!reservation.granted) {
      const tooMany = waiting.length >= this.#rules.maxWaiting;
      expect(reservation.waitMs).toBeGreaterThan(tooMany ? 0 : maxWaitMs);
      return;
    }
    expect(reservation.waitMs).toBeLessThanOrEqual(maxWaitMs);
    const slot = clock.now + reservation.waitMs;
    const caller: Caller = {
      ticket: reservation.ticket,
      queue,
      slot,
      checksAt: Math.min(slot, clock.now + RECHECK_MS),
    };
    this.callers.push(caller);
    if (reservation.waitMs === 0) this.#leave(caller);
    else await this.#check(caller);
  }

  async #pass(ms: number): Promise<void> {
    const end = clock.now + ms;
    for (;;) {
      const next = this.callers
        .filter(({ leftAt }) => leftAt === undefined)
        .sort((a, b) => a.checksAt - b.checksAt || (a.ticket < b.ticket ? -1 : 1))[0];
      if (!next || next.checksAt > end) break;
      clock.now = Math.max(clock.now, next.checksAt);
      await this.#check(next);
    }
    clock.now = Math.max(clock.now, end);
  }

  async #check(caller: Caller): Promise<void> {
    const left = await this.#store.remainingWait(this.#bucket, caller.ticket);
    expect(left, 'a waiting slot is known').toBeDefined();
    if (left === 0) return this.#leave(caller);
    caller.slot = clock.now + (left as number);
    // Timers fire late and machines stall.
    caller.checksAt = Math.min(caller.slot + this.#lateMs, clock.now + RECHECK_MS);
  }

  #leave(caller: Caller): void {
    caller.leftAt = clock.now;
    // The latest delivery: the other quarter of the allowance may have passed before it left.
    caller.countedBy = clock.now + this.#rules.deliveryAllowanceMs * 0.75;
    expect(clock.now, 'not during a pause').toBeGreaterThanOrEqual(this.#pausedUntil);
    const { limit, keyLimit, windowMs } = this.#rules;
    const inWindow = this.callers.filter(
      ({ leftAt, countedBy = 0 }) => leftAt !== undefined && countedBy > clock.now - windowMs,
    );
    expect(inWindow.length, 'of the organization').toBeLessThanOrEqual(limit);
    const ofKey = inWindow.filter(({ queue }) => keyOf(queue) === keyOf(caller.queue));
    expect(ofKey.length, 'of the key').toBeLessThanOrEqual(keyLimit);
  }
}

describe.each(limitStores())('the $kind store', ({ kind, create, given }) => {
  const numRuns = kind === 'memory' ? 1_000 : 60;

  given('never grants more than the limit in any window', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        anyRules,
        fc.constantFrom(0, 40, 400),
        async (steps, rules, lateMs) => {
          const world = new World(create(rules), rules, lateMs);
          for (const action of steps) await world.take(action);
        },
      ),
      { numRuns },
    );
  });

  given('admits the calls of one queue in the order they came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), anyRules, async (steps, rules) => {
        const world = new World(create(rules), rules, 0);
        for (const action of steps) await world.take(action);
        await world.take({ do: 'pass', ms: 200_000 });
        for (const queue of QUEUES) {
          const moments = world.callers
            .filter(caller => caller.queue === queue)
            .map(({ leftAt }) => leftAt ?? 0);
          expect(moments).toEqual(moments.toSorted((a, b) => a - b));
        }
        expect(
          world.callers.filter(({ leftAt }) => leftAt === undefined),
          'no call waits for ever',
        ).toEqual([]);
      }),
      { numRuns },
    );
  });

  given('a new queue waits for at most one call of each other queue', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), anyRules, async (steps, rules) => {
        const world = new World(create(rules), { ...rules }, 0);
        for (const action of steps) await world.take(action);
        const before = world.callers.filter(({ leftAt }) => leftAt === undefined);
        await world.take({ do: 'reserve', queue: 'new', maxWaitMs: 1_000_000 });
        await world.take({ do: 'pass', ms: 200_000 });
        const mine = world.callers.find(({ queue }) => queue === 'new');
        const overtaken = before.filter(({ leftAt = 0 }) => leftAt < (mine?.leftAt ?? 0));
        for (const queue of QUEUES)
          expect(overtaken.filter(caller => caller.queue === queue).length).toBeLessThanOrEqual(1);
      }),
      { numRuns },
    );
  });
});
