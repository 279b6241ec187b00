import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitStore } from './store.ts';

/** How often a waiting caller looks again: a pause may have moved its slot, and a person likes to see progress. */
const LOOK_AGAIN_MS = 5_000;
/** Timers fire a little late; a slot that was promised is not refused for that. */
const TIMER_SLACK_MS = 500;

export interface AcquireOptions {
  /** The longest this caller can wait in all, milliseconds. */
  maxWaitMs: number;
  signal: AbortSignal;
  /** Told how long there is still to wait, at the start and every few seconds. */
  onWait?: (waitMs: number) => void;
}

export type Admission = { granted: true } | { granted: false; retryAfterMs: number };

/** Lets callers through in the order they came, no more of them than the store allows. */
export class Limiter {
  readonly #store: LimitStore;

  constructor(store: LimitStore) {
    this.#store = store;
  }

  /**
   * Waits for a slot, or refuses at once when the wait would not fit.
   * Throws the signal's reason when the caller goes away; its slot is given back.
   */
  async acquire(bucket: string, { maxWaitMs, signal, onWait }: AcquireOptions): Promise<Admission> {
    const ticket = randomUUID();
    const latest = performance.now() + maxWaitMs + TIMER_SLACK_MS;
    const reservation = await this.#store.reserve(bucket, ticket, maxWaitMs);
    if (!reservation.granted) return reservation;

    let slot = performance.now() + reservation.waitMs;
    const waitLeft = () => Math.max(0, slot - performance.now());
    try {
      signal.throwIfAborted();
      while (waitLeft() > 0) {
        if (slot > latest) {
          await this.#store.release(bucket, ticket);
          return { granted: false, retryAfterMs: waitLeft() };
        }
        onWait?.(waitLeft());
        await sleep(Math.min(waitLeft(), LOOK_AGAIN_MS), undefined, { signal });
        // A store that does not know the ticket (Redis was lost meanwhile) changes nothing about what was promised.
        const left = await this.#store.waitLeft(bucket, ticket);
        if (left !== undefined) slot = performance.now() + left;
      }
    } catch (error) {
      await this.#store.release(bucket, ticket);
      throw error;
    }
    return { granted: true };
  }

  /** Stops everybody in this bucket for `ms`: Partoo said so. */
  pause(bucket: string, ms: number): Promise<void> {
    return this.#store.pause(bucket, ms);
  }
}
