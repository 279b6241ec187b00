import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitStore } from './store.ts';

/** How often a waiting caller looks again whether its slot has moved. schedule.ts counts on it. */
const LOOK_AGAIN_MS = 1_000;
/** How often a waiting caller is told how long it still is: a person likes to see progress, not a ticker. */
const TELL_EVERY_MS = 5_000;
/** Timers fire a little late; a slot that was promised is not refused for that. */
const TIMER_SLACK_MS = 500;
/**
 * Who is refused is told to come back this much before its slot, and waits there: it is then in the queue, where
 * keys take turns. Told the very moment, it would find the slots taken by a key that never left.
 */
const COME_BACK_EARLY_MS = 10_000;

export interface AcquireOptions {
  /** The longest this caller can wait in all, milliseconds. */
  maxWaitMs: number;
  signal: AbortSignal;
  /** Told how long there is still to wait, at the start and every few seconds. */
  onWait?: (waitMs: number) => void;
}

export type Admission =
  | {
      granted: true;
      /** Requests that are left of the minute. */
      remaining: number;
      /** To be called when the request was answered: its slot is free a window after that. */
      answered(): Promise<void>;
      /** To be called instead when the request was not sent. */
      unused(): Promise<void>;
    }
  | { granted: false; retryAfterMs: number };

/** Lets requests through in their order, no more of them than the store allows. */
export class Limiter {
  readonly #store: LimitStore;
  #waiting = 0;

  constructor(store: LimitStore) {
    this.#store = store;
  }

  /** How many callers wait for their slot here. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a slot, or refuses at once when the wait would not fit.
   * Throws the signal's reason when the caller goes away; its slot is given back.
   */
  async acquire(
    bucket: string,
    key: string,
    { maxWaitMs, signal, onWait }: AcquireOptions,
  ): Promise<Admission> {
    const store = this.#store;
    const started = performance.now();
    const reservation = await store.reserve(bucket, key, maxWaitMs);
    if (!reservation.granted) {
      const { waitMs, pausedMs } = reservation;
      // Refused although it could have waited: too many of this key wait already, and places come free as they go.
      const early = waitMs > maxWaitMs ? Math.min(COME_BACK_EARLY_MS, maxWaitMs / 2) : 0;
      return { granted: false, retryAfterMs: Math.max(pausedMs, waitMs - early) };
    }

    const { ticket, remaining } = reservation;
    const latest = started + maxWaitMs + TIMER_SLACK_MS;
    let slot = performance.now() + reservation.waitMs;
    let toldAt = Number.NEGATIVE_INFINITY;
    const waitLeft = () => slot - performance.now();
    this.#waiting++;
    try {
      signal.throwIfAborted();
      for (let left = reservation.waitMs; left > 0; ) {
        if (slot > latest) {
          await store.release(bucket, ticket);
          return { granted: false, retryAfterMs: left };
        }
        if (performance.now() - toldAt >= TELL_EVERY_MS) {
          onWait?.(left);
          toldAt = performance.now();
        }
        await sleep(Math.min(left, LOOK_AGAIN_MS), undefined, { signal });
        // A store that does not know the ticket changes nothing about what was promised.
        left = (await store.turn(bucket, ticket)) ?? waitLeft();
        slot = performance.now() + left;
      }
    } catch (error) {
      await store.release(bucket, ticket);
      throw error;
    } finally {
      this.#waiting--;
    }
    return {
      granted: true,
      remaining,
      answered: () => store.settle(bucket, ticket),
      unused: () => store.release(bucket, ticket),
    };
  }

  /** Stops everybody in this bucket for `ms`: Partoo said so. */
  pause(bucket: string, ms: number): Promise<void> {
    return this.#store.pause(bucket, ms);
  }

  /** Charges a request that a bucket was found out to have made. */
  async charge(bucket: string, key: string): Promise<void> {
    await this.#store.note(bucket, [{ ticket: `000000000000000:${key}:${randomUUID()}`, countedInMs: 0 }]);
  }
}
