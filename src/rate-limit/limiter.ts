import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitStore } from './limit-store.ts';
import { withKey } from './schedule.ts';

/** How often a waiting call checks whether its slot has moved. schedule.ts relies on it. */
const RECHECK_MS = 1_000;
/** How often `onWait` is called. */
const REPORT_EVERY_MS = 5_000;
/** Timers fire a little late, which is no reason to refuse a promised slot. */
const TIMER_SLACK_MS = 500;
/**
 * A refused caller is asked to come back this much before its slot, and waits for it in the queue, where keys take turns.
 * At the very moment of the slot, it would find it taken by a key that never stopped asking.
 */
const COME_BACK_EARLY_MS = 10_000;

interface AcquireOptions {
  /** The longest total wait, milliseconds. */
  maxWaitMs: number;
  signal: AbortSignal;
  /** Called with the remaining wait, at its start and every few seconds. */
  onWait?: (waitMs: number) => void;
}

export type Admission =
  | {
      granted: true;
      /** Requests left in this minute. */
      remaining: number;
      /** Must be called once when the response has arrived: a window later its slot is free. */
      settle(): Promise<void>;
      /** Must be called instead when the request was not sent. */
      release(): Promise<void>;
    }
  | { granted: false; retryAfterMs: number };

/** Admits requests in order, as many as the store allows. */
export class Limiter {
  readonly #store: LimitStore;
  #waiting = 0;

  constructor(store: LimitStore) {
    this.#store = store;
  }

  /** How many callers wait in this process. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a slot in each of the buckets, one after the other. Refuses at once when the wait would exceed `maxWaitMs`.
   * Throws the signal's reason when it aborts. Either way the slots are released.
   */
  async acquire(
    buckets: readonly string[],
    queue: string,
    { maxWaitMs, signal, onWait }: AcquireOptions,
  ): Promise<Admission> {
    const latest = performance.now() + maxWaitMs;
    let reportedAt = Number.NEGATIVE_INFINITY;
    const report = (waitMs: number) => {
      if (performance.now() - reportedAt < REPORT_EVERY_MS) return;
      reportedAt = performance.now();
      onWait?.(waitMs);
    };
    const places: Place[] = [];
    const forAll = async (act: (place: Place) => Promise<void>) => {
      await Promise.all(places.map(act));
    };
    const settle = () =>
      forAll(({ bucket, ticket, slotAt }) => this.#store.settle(bucket, ticket, performance.now() - slotAt));
    const release = () => forAll(({ bucket, ticket }) => this.#store.release(bucket, ticket));
    let remaining = Number.POSITIVE_INFINITY;
    this.#waiting++;
    try {
      for (const bucket of buckets) {
        const budget = places.length === 0 ? maxWaitMs : Math.max(0, Math.floor(latest - performance.now()));
        const reservation = await this.#store.reserve(bucket, queue, budget);
        if (!reservation.granted) {
          await release();
          return refusal(reservation, budget);
        }
        places.push({ bucket, ticket: reservation.ticket, slotAt: performance.now() + reservation.waitMs });
        remaining = Math.min(remaining, reservation.remaining);
        signal.throwIfAborted();
        const tooLongMs = await this.#waitForAll(places, latest, signal, report);
        if (tooLongMs > 0) {
          await release();
          return { granted: false, retryAfterMs: tooLongMs };
        }
      }
    } catch (error) {
      await release();
      throw error;
    } finally {
      this.#waiting--;
    }
    return { granted: true, remaining, settle, release };
  }

  /** Blocks a bucket for `ms`, as Partoo asked. */
  pause(bucket: string, ms: number): Promise<void> {
    return this.#store.pause(bucket, ms);
  }

  /** Copies the slots that `keyThere` uses in the bucket `from` to the bucket `to`, where they count as those of `key`. */
  async copyUsage(
    from: string,
    to: string,
    { keyThere, key }: { keyThere: string; key: string },
  ): Promise<void> {
    const slots = await this.#store.slotsOf(from, keyThere);
    if (slots.length === 0) return;
    await this.#store.importSlots(
      to,
      slots.map(slot => ({ ...slot, ticket: withKey(slot.ticket, key) })),
    );
  }

  /** Waits until all slots are due. Returns 0, or at once the remaining wait when it would end after `latest`. */
  async #waitForAll(
    places: Place[],
    latest: number,
    signal: AbortSignal,
    report: (waitMs: number) => void,
  ): Promise<number> {
    for (;;) {
      const waitMs = Math.ceil(Math.max(...places.map(({ slotAt }) => slotAt)) - performance.now());
      if (waitMs <= 0) return 0;
      if (performance.now() + waitMs > latest + TIMER_SLACK_MS) return waitMs;
      report(waitMs);
      await sleep(Math.min(waitMs, RECHECK_MS), undefined, { signal });
      // This also moves a slot that is due while another bucket's is not.
      for (const place of places) {
        const waitMs = await this.#store.remainingWait(place.bucket, place.ticket);
        // The store may have lost the ticket: then the slot it promised still counts.
        if (waitMs !== undefined) place.slotAt = performance.now() + waitMs;
      }
    }
  }
}

interface Place {
  bucket: string;
  ticket: string;
  /** When its slot is due, on the clock of `performance.now()`. */
  slotAt: number;
}

function refusal({ waitMs, pausedMs }: { waitMs: number; pausedMs: number }, maxWaitMs: number): Admission {
  // A wait that fits was refused because too many calls of the key wait already: places free up as they go.
  const early = waitMs > maxWaitMs ? Math.min(COME_BACK_EARLY_MS, maxWaitMs / 2) : 0;
  return { granted: false, retryAfterMs: Math.max(pausedMs, waitMs - early) };
}
