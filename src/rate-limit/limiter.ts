import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitStore } from './limit-store.ts';
import { ofKey } from './schedule.ts';

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
   * Waits for a slot in each of these buckets, one after the other, or refuses at once when the wait would not fit.
   * Throws the signal's reason when the caller goes away; its slots are given back.
   */
  async acquire(
    buckets: readonly string[],
    key: string,
    { maxWaitMs, signal, onWait }: AcquireOptions,
  ): Promise<Admission> {
    const store = this.#store;
    const latest = performance.now() + maxWaitMs;
    const places: Place[] = [];
    const all = async (tell: (place: Place) => Promise<void>) => {
      await Promise.all(places.map(tell));
    };
    const release = () => all(({ bucket, ticket }) => store.release(bucket, ticket));
    let remaining = Number.POSITIVE_INFINITY;
    let toldAt = Number.NEGATIVE_INFINITY;
    this.#waiting++;
    try {
      for (const bucket of buckets) {
        const budget = places.length === 0 ? maxWaitMs : Math.max(0, Math.floor(latest - performance.now()));
        const reservation = await store.reserve(bucket, key, budget);
        if (!reservation.granted) {
          await release();
          return refusal(reservation, budget);
        }
        places.push({ bucket, ticket: reservation.ticket, slot: performance.now() + reservation.waitMs });
        remaining = Math.min(remaining, reservation.remaining);
        signal.throwIfAborted();
        for (let left = waitLeft(places); left > 0; left = waitLeft(places)) {
          if (performance.now() + left > latest + TIMER_SLACK_MS) {
            await release();
            return { granted: false, retryAfterMs: left };
          }
          if (performance.now() - toldAt >= TELL_EVERY_MS) {
            onWait?.(left);
            toldAt = performance.now();
          }
          await sleep(Math.min(left, LOOK_AGAIN_MS), undefined, { signal });
          // A slot whose moment has come while another bucket's has not is moved by this question.
          for (const place of places) {
            const wait = await store.turn(place.bucket, place.ticket);
            // A store that does not know the ticket changes nothing about what was promised.
            if (wait !== undefined) place.slot = performance.now() + wait;
          }
        }
      }
    } catch (error) {
      await release();
      throw error;
    } finally {
      this.#waiting--;
    }
    return {
      granted: true,
      remaining,
      answered: () =>
        all(({ bucket, ticket, slot }) => store.settle(bucket, ticket, performance.now() - slot)),
      unused: release,
    };
  }

  /** Stops everybody in this bucket for `ms`: Partoo said so. */
  pause(bucket: string, ms: number): Promise<void> {
    return this.#store.pause(bucket, ms);
  }

  /** Counts in another bucket as well what `queue` has used of this one, as requests of `key`. */
  async carryOver(from: string, to: string, { queue, key }: { queue: string; key: string }): Promise<void> {
    const slots = await this.#store.slotsOf(from, queue);
    if (slots.length === 0) return;
    await this.#store.note(
      to,
      slots.map(slot => ({ ...slot, ticket: ofKey(slot.ticket, key) })),
    );
  }
}

interface Place {
  bucket: string;
  ticket: string;
  /** When its moment comes, on the clock of `performance.now()`. */
  slot: number;
}

const waitLeft = (places: Place[]) =>
  Math.ceil(Math.max(...places.map(({ slot }) => slot)) - performance.now());

function refusal({ waitMs, pausedMs }: { waitMs: number; pausedMs: number }, maxWaitMs: number): Admission {
  // Refused although it could have waited: too many of this key wait already, and places come free as they go.
  const early = waitMs > maxWaitMs ? Math.min(COME_BACK_EARLY_MS, maxWaitMs / 2) : 0;
  return { granted: false, retryAfterMs: Math.max(pausedMs, waitMs - early) };
}
