import type { LimitStore, Reservation } from './store.ts';

/** How long the first store is left alone after a failure, so that calls do not each pay for its time-out. */
const RETRY_AFTER_MS = 1_000;

export interface FallbackLog {
  lost(error: unknown): void;
  back(): void;
}

/**
 * Uses the first store, and the second while the first fails: no call fails because Redis did.
 * Says so once when it is lost and once when it is back.
 */
export class FallbackStore implements LimitStore {
  readonly #first: LimitStore;
  readonly #second: LimitStore;
  readonly #log: FallbackLog;
  /** Bucket → until when, on this process' clock: pauses that the first store does not know. */
  readonly #missedPauses = new Map<string, number>();
  #lost = false;
  #retryAt = 0;

  constructor(first: LimitStore, second: LimitStore, log: FallbackLog) {
    this.#first = first;
    this.#second = second;
    this.#log = log;
  }

  reserve(bucket: string, ticket: string, maxWaitMs: number): Promise<Reservation> {
    return this.#use(store => store.reserve(bucket, ticket, maxWaitMs));
  }

  waitLeft(bucket: string, ticket: string): Promise<number | undefined> {
    return this.#use(store => store.waitLeft(bucket, ticket));
  }

  release(bucket: string, ticket: string): Promise<void> {
    return this.#use(store => store.release(bucket, ticket));
  }

  /** In both, and again in the first when it is back: what Partoo asked for holds whatever becomes of Redis. */
  async pause(bucket: string, ms: number): Promise<void> {
    await this.#second.pause(bucket, ms);
    await this.#use(store => store.pause(bucket, ms));
    if (this.#lost) this.#missedPauses.set(bucket, performance.now() + ms);
  }

  async #use<Result>(ask: (store: LimitStore) => Promise<Result>): Promise<Result> {
    if (this.#lost && performance.now() < this.#retryAt) return ask(this.#second);
    try {
      if (this.#lost) await this.#tellMissedPauses();
      const result = await ask(this.#first);
      if (this.#lost) this.#log.back();
      this.#lost = false;
      return result;
    } catch (error) {
      if (!this.#lost) this.#log.lost(error);
      this.#lost = true;
      this.#retryAt = performance.now() + RETRY_AFTER_MS;
      return ask(this.#second);
    }
  }

  async #tellMissedPauses(): Promise<void> {
    for (const [bucket, until] of this.#missedPauses) {
      await this.#first.pause(bucket, Math.max(0, Math.ceil(until - performance.now())));
      this.#missedPauses.delete(bucket);
    }
  }
}
