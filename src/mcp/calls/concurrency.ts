import { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { FairShare } from '../../core/fair-share.ts';

/** Calls take some seconds; the first to end makes room. */
const RETRY_AFTER_SECONDS = 2;
/** All keys that Partoo has not accepted share the calls of this many keys, because anyone can make keys up. */
const UNKNOWN_KEYS = 4;

type CallerInQueue = Pick<Caller, 'keyHash' | 'callerHash' | 'person' | 'address'>;

/** Knows whether Partoo has accepted a key. */
export interface Acceptance {
  /** As far as this process knows. */
  accepts(keyHash: string): boolean;
  /** As far as any replica knows. */
  hasBeenAccepted(keyHash: string): Promise<boolean>;
}

/**
 * Bounds the calls in progress in this process, so that callers cannot fill its memory. Each key has a limit, and all keys
 * that Partoo has not accepted share one, divided by address: an address that makes up keys leaves room for others. Accepted
 * keys have no common limit, because there are only as many as customers have. The people who share the server's key divide
 * its limit fairly: one of them gets half of it, two a third each, and so on.
 */
export class ConcurrencyLimit {
  readonly #perKey: number;
  readonly #acceptance: Acceptance;
  readonly #calls: FairShare;
  readonly #callsOfPeople: FairShare;
  readonly #unknownCalls: FairShare;

  constructor(perKey: number, acceptance: Acceptance) {
    this.#perKey = perKey;
    this.#acceptance = acceptance;
    this.#calls = new FairShare(Number.POSITIVE_INFINITY, perKey);
    this.#callsOfPeople = new FairShare(perKey);
    this.#unknownCalls = new FairShare(perKey * UNKNOWN_KEYS);
  }

  /** Counts a call in; returns the function that counts it out. Throws `rate_limited` when there is no room. */
  async enter({ keyHash, callerHash, person, address = keyHash }: CallerInQueue): Promise<() => void> {
    const leave =
      person === undefined ? this.#calls.take(keyHash, 1) : this.#callsOfPeople.take(callerHash, 1);
    if (!leave) {
      throw tooMany(
        person === undefined
          ? `this key has ${this.#perKey} calls in progress here, which is the maximum`
          : 'you have as many calls in progress here as the people who share this key leave to each other',
      );
    }
    if (this.#acceptance.accepts(keyHash)) return leave;
    const leaveUnknown = this.#unknownCalls.take(address, 1);
    if (leaveUnknown) {
      return () => {
        leaveUnknown();
        leave();
      };
    }
    // Asks Redis only when the call would be refused otherwise.
    if (await this.#acceptance.hasBeenAccepted(keyHash)) return leave;
    leave();
    throw tooMany('too many calls are in progress with keys that Partoo has not accepted yet');
  }
}

const tooMany = (problem: string) =>
  new CallError('rate_limited', 'too many calls at once', {
    problems: [problem],
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
