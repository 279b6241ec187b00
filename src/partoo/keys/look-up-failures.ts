import { LRUCache } from 'lru-cache';
import type { Records } from '../../storage/records/records.ts';

/** Of the look-ups of the last window so many keys are remembered. */
const MAX_KEYS = 1_000;
/** From so many keys on whose look-up was answered, most of all, a look-up that fails is the key's own trouble. */
const MIN_ANSWERED = 3;

const RECORD = 'look-ups-fail';

/**
 * Knows whether `GET /user/me` fails for keys in general, which all replicas learn, or only for some while most are
 * answered: one key, or one organization, must not take from others what they may use.
 */
export class LookUpFailures {
  readonly #records: Records;
  readonly #windowMs: number;
  readonly #answered: LRUCache<string, true>;
  readonly #failed: LRUCache<string, true>;

  constructor(records: Records, windowMs: number) {
    this.#records = records;
    this.#windowMs = windowMs;
    const recent = { max: MAX_KEYS, ttl: windowMs, perf: { now: () => Date.now() } };
    this.#answered = new LRUCache(recent);
    this.#failed = new LRUCache(recent);
  }

  /** As far as this process has seen within the last window. */
  get areSeen(): boolean {
    this.#failed.purgeStale();
    return this.#failed.size > 0 && !this.#mostAreAnswered;
  }

  /** As far as any replica has seen, unless this one knows better. */
  async areSeenAnywhere(): Promise<boolean> {
    if (this.areSeen) return true;
    return !this.#mostAreAnswered && (await this.#records.get(RECORD)) !== undefined;
  }

  answered(keyHash: string): void {
    this.#failed.delete(keyHash);
    this.#answered.set(keyHash, true);
  }

  async failed(keyHash: string): Promise<void> {
    this.#answered.delete(keyHash);
    this.#failed.set(keyHash, true);
    if (this.areSeen) await this.#records.set(RECORD, '1', this.#windowMs);
  }

  /** The key turned out to be a bad one: that its look-up failed shows nothing. */
  async rejected(keyHash: string): Promise<void> {
    if (this.#failed.delete(keyHash) && !this.areSeen) await this.#records.delete(RECORD);
  }

  get #mostAreAnswered(): boolean {
    this.#answered.purgeStale();
    return this.#answered.size >= MIN_ANSWERED && this.#answered.size > this.#failed.size;
  }
}
