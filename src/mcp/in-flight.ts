import { CallError } from '../partoo/errors.ts';

/** When to come back: the calls under way take some seconds, and the first of them to end makes room. */
const RETRY_AFTER_SECONDS = 2;
/** Keys that Partoo has not accepted yet may be made up, as many as somebody likes: together they get as much as so many keys. */
const UNKNOWN_KEYS = 4;

/**
 * Bounds how many calls this process works on at once, so that callers cannot fill its memory: of each key, and of all keys
 * together that Partoo has not accepted. Keys that it has are as many as there are customers.
 */
export class InFlight {
  readonly #most: number;
  readonly #isAccepted: (keyHash: string) => boolean;
  readonly #counts = new Map<string, number>();
  #unknown = 0;

  constructor(most: number, isAccepted: (keyHash: string) => boolean) {
    this.#most = most;
    this.#isAccepted = isAccepted;
  }

  /** Counts a call in; returns how to count it out. Throws `rate_limited` when there is no room. */
  enter(keyHash: string): () => void {
    const count = this.#counts.get(keyHash) ?? 0;
    if (count >= this.#most) {
      throw tooMany(`${count} calls of this key are under way here; the most at once is ${this.#most}`);
    }
    const isUnknown = !this.#isAccepted(keyHash);
    if (isUnknown && this.#unknown >= this.#most * UNKNOWN_KEYS) {
      throw tooMany('many calls with keys that Partoo has not accepted yet are under way here');
    }
    this.#counts.set(keyHash, count + 1);
    if (isUnknown) this.#unknown++;
    return () => {
      if (isUnknown) this.#unknown--;
      const left = (this.#counts.get(keyHash) ?? 1) - 1;
      if (left > 0) this.#counts.set(keyHash, left);
      else this.#counts.delete(keyHash);
    };
  }
}

const tooMany = (problem: string) =>
  new CallError('rate_limited', 'too many calls at once', {
    problems: [problem],
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
