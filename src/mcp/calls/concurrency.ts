import { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { FairShare } from '../../core/fair-share.ts';

/** When to come back: the calls under way take some seconds, and the first of them to end makes room. */
const RETRY_AFTER_SECONDS = 2;
/** Keys that Partoo has not accepted yet may be made up, as many as somebody likes: together they get as much as so many keys. */
const UNKNOWN_KEYS = 4;

/** Whether Partoo has accepted a key. */
export interface Acceptance {
  /** As far as this process knows. */
  accepts(keyHash: string): boolean;
  /** As far as any replica knows. */
  hasBeenAccepted(keyHash: string): Promise<boolean>;
}

/**
 * Bounds how many calls this process works on at once, so that callers cannot fill its memory: of each key, and of all keys
 * together that Partoo has not accepted. Keys that it has are as many as there are customers. The addresses of unknown keys
 * share fairly: one that makes up keys leaves room for others.
 */
export class InFlight {
  readonly #most: number;
  readonly #acceptance: Acceptance;
  readonly #counts = new Map<string, number>();
  readonly #unknown: FairShare;

  constructor(most: number, acceptance: Acceptance) {
    this.#most = most;
    this.#acceptance = acceptance;
    this.#unknown = new FairShare(most * UNKNOWN_KEYS);
  }

  /** Counts a call in; returns how to count it out. Rejects with `rate_limited` when there is no room. */
  async enter({ keyHash, address = keyHash }: Pick<Caller, 'keyHash' | 'address'>): Promise<() => void> {
    const count = this.#counts.get(keyHash) ?? 0;
    if (count >= this.#most) {
      throw tooMany(`${count} calls of this key are under way here; the most at once is ${this.#most}`);
    }
    this.#counts.set(keyHash, count + 1);
    const leave = () => {
      const left = (this.#counts.get(keyHash) ?? 1) - 1;
      if (left > 0) this.#counts.set(keyHash, left);
      else this.#counts.delete(keyHash);
    };
    if (this.#acceptance.accepts(keyHash)) return leave;
    const giveBack = this.#unknown.take(address, 1);
    if (giveBack) {
      return () => {
        giveBack();
        leave();
      };
    }
    // What other replicas know is asked for only when the call would be refused without.
    if (await this.#acceptance.hasBeenAccepted(keyHash)) return leave;
    leave();
    throw tooMany('many calls with keys that Partoo has not accepted yet are under way here');
  }
}

const tooMany = (problem: string) =>
  new CallError('rate_limited', 'too many calls at once', {
    problems: [problem],
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
