import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { type FaultLog, inBackground } from '../../core/background.ts';
import type { Limiter } from '../../rate-limit/limiter.ts';
import type { Records } from '../../storage/records/records.ts';
import { AcceptedKeys } from './accepted-keys.ts';
import { type Buckets, keyBucket, lookUpQueue, UNKNOWN_BUCKET } from './buckets.ts';
import {
  bucketsFor,
  failedAgain,
  homeOf,
  isAsking,
  isTold,
  type Known,
  parse,
  type Recorded,
  rejected,
  statusIn,
  told,
  ttlOf,
  unknown,
} from './key-status.ts';
import { LookUpFailures } from './look-up-failures.ts';

/**
 * How long calls wait for a look-up, the first of a key and one that failed before. A look-up that takes longer fails, most
 * likely, or waits for its turn among the unknown keys; the calls go on as theirs.
 */
const FIRST_LOOK_UP_MS = 8_000;
const REPEATED_LOOK_UP_MS = 2_000;
/** How long other replicas wait for the one that looks up. */
const LOOK_UP_MS = 10_000;
const LOOK_EVERY_MS = 100;
/** Partoo's window: what a key used while it was unknown counts so long. */
const WINDOW_MS = 60_000;
/** How often an unknown key's look-up failed is of use when it is due again, which is when its record ends. */
const FAILURES_KEPT_MS = 3_600_000;

interface Learning {
  /** On the clock of `performance.now()`. */
  startedAt: number;
  ends: Promise<Known>;
  /** Set when a call did not wait for the end: the key counts among the unknown keys from then on. */
  countedMeanwhile?: Promise<void>;
}

/** What came of `GET /user/me`. */
export type LookUpEnd =
  | { kind: 'answered'; me: unknown }
  | { kind: 'rejected' }
  /** `attempted`: Partoo was asked. */
  | { kind: 'failed'; attempted: boolean };

/** Makes one request `GET /user/me`, counted in these buckets. Never rejects. */
export type LookUp = (buckets: Buckets) => Promise<LookUpEnd>;

/**
 * Knows which organization a key belongs to, since that is what Partoo limits. Asked once, however many calls and
 * replicas want to know, and remembered under the key's hash.
 *
 * Keys whose look-up failed may all be of one organization. So they count in one bucket together, which has the limit of a
 * single organization, and each in one of its own. What a key used is carried over to its organization's bucket once that
 * is known. For a window from then on it counts among the unknown keys too: others of its organization may be there.
 */
export class Organizations {
  readonly #records: Records;
  readonly #limiter: Limiter;
  readonly #log: FaultLog;
  readonly #known = new LRUCache<string, Known>({ max: 20_000 });
  readonly #accepted: AcceptedKeys;
  readonly #asking = new Map<string, Learning>();
  readonly #lookUpFailures: LookUpFailures;

  constructor(records: Records, limiter: Limiter, log: FaultLog) {
    this.#records = records;
    this.#limiter = limiter;
    this.#log = log;
    this.#accepted = new AcceptedKeys(records, log);
    this.#lookUpFailures = new LookUpFailures(records, WINDOW_MS);
  }

  /**
   * The buckets that a key's requests count in: at once as far as this process knows them.
   * Throws, or rejects with, `invalid_api_key` for a key that Partoo rejected within the last minute.
   */
  bucketsOf(keyHash: string, lookUp: LookUp): Buckets | Promise<Buckets> {
    const known = this.#known.get(keyHash);
    const now = Date.now();
    if (known && now < known.askAgainAt) return bucketsFor(keyHash, known, now);
    const learning = this.#learnOnce(keyHash, lookUp);
    if (known && isTold(known)) {
      inBackground(this.#log, 'the look-up of an organization', () => learning.ends);
      return bucketsFor(keyHash, known, now);
    }
    const isRepeated = known?.status.kind === 'unknown';
    const waitMs =
      learning.startedAt + (isRepeated ? REPEATED_LOOK_UP_MS : FIRST_LOOK_UP_MS) - performance.now();
    const meanwhile = isRepeated ? known : unknown(undefined);
    return Promise.race([learning.ends, sleep(Math.max(0, waitMs), meanwhile, { ref: false })]).then(
      async learned => {
        if (learned === meanwhile && !isRepeated) {
          learning.countedMeanwhile ??= this.#countAsUnknown(keyHash);
          await learning.countedMeanwhile;
        }
        return bucketsFor(keyHash, learned, Date.now());
      },
    );
  }

  /** Partoo answered 401: for a minute the key is rejected here, in all replicas. Returns whether that is news. */
  async refuse(keyHash: string): Promise<boolean> {
    const isNew = !this.refuses(keyHash);
    await this.#accepted.delete(keyHash);
    await this.#lookUpFailures.rejected(keyHash);
    await this.#remember(keyHash, rejected());
    return isNew;
  }

  /** Partoo has done what a request with this key asked for, whatever it says of its organization. */
  accept(keyHash: string): void {
    // The record of a known organization says it already.
    if (!this.#isTold(keyHash)) this.#accepted.add(keyHash);
  }

  /** Whether Partoo has accepted this key, as far as this process knows. */
  accepts(keyHash: string): boolean {
    return this.#isTold(keyHash) || this.#accepted.has(keyHash);
  }

  /** Whether Partoo has accepted this key of late, as far as any replica knows, and any process before this one. */
  async hasBeenAccepted(keyHash: string): Promise<boolean> {
    if (this.accepts(keyHash)) return true;
    const recorded = await this.#records.get(statusRecord(keyHash));
    const status = recorded === undefined ? undefined : parse(recorded);
    if (status && !isAsking(status) && status.status.kind !== 'unknown') return isTold(status);
    return this.#accepted.hasAnywhere(keyHash);
  }

  /** Whether Partoo has rejected this key within the last minute, as far as this process knows. */
  refuses(keyHash: string): boolean {
    const known = this.#known.peek(keyHash);
    return known?.status.kind === 'rejected' && Date.now() < known.askAgainAt;
  }

  #isTold(keyHash: string): boolean {
    const known = this.#known.peek(keyHash);
    return known !== undefined && isTold(known);
  }

  #learnOnce(keyHash: string, lookUp: LookUp): Learning {
    const asking = this.#asking.get(keyHash);
    if (asking) return asking;
    const ends = this.#learn(keyHash, lookUp).finally(() => {
      this.#asking.delete(keyHash);
    });
    const learning: Learning = { startedAt: performance.now(), ends };
    this.#asking.set(keyHash, learning);
    return learning;
  }

  async #learn(keyHash: string, lookUp: LookUp): Promise<Known> {
    const before = this.#known.get(keyHash);
    const name = statusRecord(keyHash);
    const found = await this.#records.setIfAbsent(name, JSON.stringify({ asking: randomUUID() }), LOOK_UP_MS);
    if (!found) return this.#lookUp(keyHash, lookUp, before);
    const recorded = await this.#awaitOther(name, parse(found.value));
    if (!recorded) return this.#adopt(keyHash, unknown(before), before);
    // One that is no longer fresh serves as well: the next call looks it up again meanwhile.
    if (!before || Date.now() < recorded.askAgainAt) return this.#adopt(keyHash, recorded, before);
    await this.#record(keyHash, { ...recorded, askAgainAt: Date.now() + LOOK_UP_MS });
    return this.#lookUp(keyHash, lookUp, before);
  }

  async #lookUp(keyHash: string, lookUp: LookUp, before: Known | undefined): Promise<Known> {
    const isFirst = !before || before.status.kind === 'rejected';
    // While they fail, the first look-up of a key counts among those of unknown keys too.
    const failing = isFirst && (await this.#lookUpFailures.areSeenAnywhere());
    const own = keyBucket(keyHash);
    const firstBuckets: Buckets = failing ? [own, UNKNOWN_BUCKET] : [own];
    const buckets = isFirst ? firstBuckets : bucketsFor(keyHash, before, Date.now());
    const end = await lookUp(buckets);
    if (end.kind === 'rejected') {
      if (!this.refuses(keyHash)) await this.refuse(keyHash);
      return this.#known.get(keyHash) as Known;
    }
    const status = end.kind === 'answered' ? statusIn(end.me) : undefined;
    if (!status) {
      if (end.kind === 'answered' || end.attempted) await this.#lookUpFailures.failed(keyHash);
      if (isFirst) await this.#carryOver(keyHash, UNKNOWN_BUCKET);
      const kept = before && isTold(before) ? failedAgain(before) : unknown(before);
      return this.#remember(keyHash, kept);
    }
    this.#lookUpFailures.answered(keyHash);
    const wasUnknown =
      before?.status.kind === 'unknown' ||
      this.#asking.get(keyHash)?.countedMeanwhile !== undefined ||
      (isFirst && (await this.#lookUpFailures.areSeenAnywhere()));
    const sharedUntil = wasUnknown ? Date.now() + WINDOW_MS : (before?.sharedUntil ?? 0);
    // Before anybody counts the key there.
    await this.#carryOver(keyHash, homeOf(keyHash, status));
    return this.#remember(keyHash, told(status, sharedUntil));
  }

  /** Takes over what another replica has learned. */
  async #adopt(keyHash: string, recorded: Known, before: Known | undefined): Promise<Known> {
    const known = { ...recorded };
    if (before?.status.kind === 'unknown' && isTold(recorded)) {
      // This process sent as an unknown key until now.
      await this.#carryOver(keyHash, homeOf(keyHash, recorded.status));
      known.sharedUntil = Date.now() + WINDOW_MS;
    }
    return this.#keep(keyHash, known);
  }

  /** Another replica looks up, or has. Undefined when it does not end in time. */
  async #awaitOther(name: string, first: Recorded): Promise<Known | undefined> {
    const latest = performance.now() + LOOK_UP_MS;
    let recorded: Recorded | undefined = first;
    while (recorded && isAsking(recorded)) {
      if (performance.now() >= latest) return undefined;
      await sleep(LOOK_EVERY_MS);
      const value = await this.#records.get(name);
      recorded = value === undefined ? undefined : parse(value);
    }
    return recorded;
  }

  /** A look-up takes long: until it ends it is one that fails. */
  async #countAsUnknown(keyHash: string): Promise<void> {
    await this.#lookUpFailures.failed(keyHash);
    await this.#carryOver(keyHash, UNKNOWN_BUCKET);
  }

  /** Counts in `to` what the key used while it counted in its own bucket. */
  async #carryOver(keyHash: string, to: string): Promise<void> {
    const own = keyBucket(keyHash);
    if (own === to) return;
    for (const queue of [keyHash, lookUpQueue(keyHash)]) {
      await this.#limiter.carryOver(own, to, { queue, key: keyHash });
    }
  }

  async #remember(keyHash: string, known: Known): Promise<Known> {
    this.#keep(keyHash, known);
    await this.#record(keyHash, known);
    return known;
  }

  #keep(keyHash: string, known: Known): Known {
    const ttl = known.status.kind === 'unknown' ? FAILURES_KEPT_MS : ttlOf(known);
    this.#known.set(keyHash, known, { ttl });
    return known;
  }

  #record(keyHash: string, known: Known): Promise<void> {
    return this.#records.set(statusRecord(keyHash), JSON.stringify(known), ttlOf(known));
  }
}

/** Not `key:`, which earlier versions wrote in another form. */
const statusRecord = (keyHash: string) => `key-status:${keyHash}`;
