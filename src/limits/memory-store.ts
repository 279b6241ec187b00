import type { LimitOptions, LimitStore, Reservation } from './store.ts';

interface Slot {
  ticket: string;
  /** On this process' clock. */
  at: number;
}

interface Bucket {
  /** In order of time, which is the order of arrival too. */
  slots: Slot[];
  pausedUntil: number;
}

const SWEEP_EVERY_MS = 60_000;

/** Slots in this process only: for one replica, and for the time Redis is lost. */
export class MemoryStore implements LimitStore {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #sweptAt = 0;

  constructor({ limit, windowMs }: LimitOptions, now: () => number = () => performance.now()) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  async reserve(name: string, ticket: string, maxWaitMs: number): Promise<Reservation> {
    const now = this.#now();
    const { slots, pausedUntil } = this.#bucket(name, now);
    const full = slots.at(-this.#limit);
    const at = Math.max(now, pausedUntil, slots.at(-1)?.at ?? 0, full ? full.at + this.#windowMs : 0);
    if (at - now > maxWaitMs) return { granted: false, retryAfterMs: at - now };
    slots.push({ ticket, at });
    return { granted: true, waitMs: at - now };
  }

  async waitLeft(name: string, ticket: string): Promise<number | undefined> {
    const slot = this.#buckets.get(name)?.slots.find(slot => slot.ticket === ticket);
    return slot && Math.max(0, slot.at - this.#now());
  }

  async release(name: string, ticket: string): Promise<void> {
    const bucket = this.#buckets.get(name);
    if (bucket) bucket.slots = bucket.slots.filter(slot => slot.ticket !== ticket);
  }

  async pause(name: string, ms: number): Promise<void> {
    const now = this.#now();
    const bucket = this.#bucket(name, now);
    bucket.pausedUntil = Math.max(bucket.pausedUntil, now + ms);
    const waiting = bucket.slots.filter(slot => slot.at > now);
    const shift = Math.max(0, bucket.pausedUntil - (waiting[0]?.at ?? bucket.pausedUntil));
    for (const slot of waiting) slot.at += shift;
  }

  #bucket(name: string, now: number): Bucket {
    this.#sweep(now);
    const bucket = this.#buckets.get(name) ?? { slots: [], pausedUntil: 0 };
    this.#buckets.set(name, bucket);
    const firstInWindow = bucket.slots.findIndex(slot => slot.at > now - this.#windowMs);
    bucket.slots.splice(0, firstInWindow === -1 ? bucket.slots.length : firstInWindow);
    return bucket;
  }

  /** Forgets keys that have gone quiet, so that memory follows the callers of the last minutes. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return;
    this.#sweptAt = now;
    for (const [name, { slots, pausedUntil }] of this.#buckets) {
      if ((slots.at(-1)?.at ?? 0) <= now - this.#windowMs && pausedUntil <= now) this.#buckets.delete(name);
    }
  }
}
