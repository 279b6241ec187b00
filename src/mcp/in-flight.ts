import { CallError } from '../partoo/errors.ts';

/** When to come back: the calls under way take some seconds, and the first of them to end makes room. */
const RETRY_AFTER_SECONDS = 2;

/** Bounds how many calls of one key this process works on at once, so that one caller cannot fill its memory. */
export class InFlight {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a call in; answers how to count it out. Throws `rate_limited` when there is no room. */
  enter(keyHash: string): () => void {
    const count = this.#counts.get(keyHash) ?? 0;
    if (count >= this.#most) {
      throw new CallError('rate_limited', 'too many calls of this key at once', {
        problems: [`${count} calls of this key are under way here; the most at once is ${this.#most}`],
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    this.#counts.set(keyHash, count + 1);
    return () => {
      const left = (this.#counts.get(keyHash) ?? 1) - 1;
      if (left > 0) this.#counts.set(keyHash, left);
      else this.#counts.delete(keyHash);
    };
  }
}
