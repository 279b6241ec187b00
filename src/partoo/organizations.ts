import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { type FaultLog, inBackground } from '../core/background.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { Records } from '../limits/records.ts';
import { CallError } from './errors.ts';
import { LookUpFailures } from './look-up-failures.ts';
import { isObject } from './page.ts';

/** An organization hardly ever changes; a user moved to another one is counted right an hour later. */
const FRESH_MS = 3_600_000;
/** How long the last known organization is kept when it cannot be asked for again. */
const KEPT_MS = 24 * 3_600_000;
/** A key that Partoo rejects is not tried again for this long. */
const REJECTED_MS = 60_000;
/** After a look-up that failed the next one comes so much later, twice as much each time. */
const FIRST_BACKOFF_MS = 2_000;
const MAX_BACKOFF_MS = 30_000;
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
/** How often it is recorded for other replicas that a key was accepted. */
const RECORD_ACCEPTED_EVERY_MS = 600_000;

/**
 * - `organization`: Partoo told the key's organization.
 * - `standalone`: Partoo told that the key has none.
 * - `rejected`: Partoo does not accept the key.
 * - `unknown`: the look-up failed, and is made again.
 */
type Status = { kind: 'organization'; id: string } | { kind: 'standalone' | 'rejected' | 'unknown' };

/** What is known of a key, in this process and in the records. Moments are epoch milliseconds, for all replicas. */
interface Known {
  status: Status;
  learnedAt: number;
  /** The first call after that leads to a look-up. */
  askAgainAt: number;
  /** Look-ups that failed in a row. */
  failures: number;
  /** Until then the key's requests count among those of the unknown keys too. */
  sharedUntil: number;
}

/** A replica that looks up has a name of its own, so that two do not take each other's record for theirs. */
type Recorded = Known | { asking: string };

/**
 * The buckets that a key's requests count in. The first is its organization's, or its own while that is not known: a 429
 * from Partoo stops that one, and no other unknown key.
 */
export type Buckets = readonly [string, ...string[]];

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
  readonly #accepted = new LRUCache<string, true>({ max: 20_000, ttl: FRESH_MS });
  readonly #asking = new Map<string, Learning>();
  readonly #lookUpFailures: LookUpFailures;

  constructor(records: Records, limiter: Limiter, log: FaultLog) {
    this.#records = records;
    this.#limiter = limiter;
    this.#log = log;
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
    await this.#lookUpFailures.rejected(keyHash);
    this.#accepted.delete(keyHash);
    const now = Date.now();
    await this.#remember(keyHash, {
      status: { kind: 'rejected' },
      learnedAt: now,
      askAgainAt: now + REJECTED_MS,
      failures: 0,
      sharedUntil: 0,
    });
    if (isNew) await this.#records.delete(acceptedRecord(keyHash));
    return isNew;
  }

  /** Partoo has done what a request with this key asked for, whatever it says of its organization. */
  accept(keyHash: string): void {
    const known = this.#known.peek(keyHash);
    // The record of a known organization says it already.
    if (known && isTold(known)) return;
    if (this.#accepted.getRemainingTTL(keyHash) > FRESH_MS - RECORD_ACCEPTED_EVERY_MS) return;
    this.#accepted.set(keyHash, true);
    inBackground(this.#log, 'the record of an accepted key', () =>
      this.#records.set(acceptedRecord(keyHash), '1', KEPT_MS),
    );
  }

  /** Whether Partoo has accepted this key, as far as this process knows. */
  accepts(keyHash: string): boolean {
    const known = this.#known.peek(keyHash);
    return this.#accepted.has(keyHash) || (known !== undefined && isTold(known));
  }

  /** Whether Partoo has accepted this key of late, as far as any replica knows, and any process before this one. */
  async hasBeenAccepted(keyHash: string): Promise<boolean> {
    if (this.accepts(keyHash)) return true;
    const recorded = await this.#records.get(statusRecord(keyHash));
    const status = recorded === undefined ? undefined : parse(recorded);
    if (status && !isAsking(status) && status.status.kind !== 'unknown') return isTold(status);
    return (await this.#records.get(acceptedRecord(keyHash))) !== undefined;
  }

  /** Whether Partoo has rejected this key within the last minute, as far as this process knows. */
  refuses(keyHash: string): boolean {
    const known = this.#known.peek(keyHash);
    return known?.status.kind === 'rejected' && Date.now() < known.askAgainAt;
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
    const found = await this.#records.add(name, JSON.stringify({ asking: randomUUID() }), LOOK_UP_MS);
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
    const now = Date.now();
    const wasUnknown =
      before?.status.kind === 'unknown' ||
      this.#asking.get(keyHash)?.countedMeanwhile !== undefined ||
      (isFirst && (await this.#lookUpFailures.areSeenAnywhere()));
    const learned: Known = {
      status,
      learnedAt: now,
      askAgainAt: now + FRESH_MS,
      failures: 0,
      sharedUntil: Math.max(before?.sharedUntil ?? 0, wasUnknown ? now + WINDOW_MS : 0),
    };
    // Before anybody counts the key there.
    await this.#carryOver(keyHash, homeOf(keyHash, status));
    return this.#remember(keyHash, learned);
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
    // How often an unknown key's look-up failed is of use when it is due again, which is when its record ends.
    const ttl = known.status.kind === 'unknown' ? FRESH_MS : ttlOf(known);
    this.#known.set(keyHash, known, { ttl });
    return known;
  }

  #record(keyHash: string, known: Known): Promise<void> {
    return this.#records.set(statusRecord(keyHash), JSON.stringify(known), ttlOf(known));
  }
}

/** Of a key that has no organization, or none that is known. */
const keyBucket = (keyHash: string) => `key-${keyHash}`;

/** Of all keys together whose organization could not be learned. */
const UNKNOWN_BUCKET = 'unknown';

const ORGANIZATION = 'org-';

/** Whether a bucket is an organization's, by Partoo's word. */
export const isOrganizationBucket = (bucket: string) => bucket.startsWith(ORGANIZATION);

/** A look-up takes turns with the calls of its key: behind all of them it would come too late to count them right. */
export const lookUpQueue = (keyHash: string) => `${keyHash}-me`;

function homeOf(keyHash: string, status: Status): string {
  switch (status.kind) {
    case 'organization':
      return `${ORGANIZATION}${status.id}`;
    case 'standalone':
    case 'unknown':
      return keyBucket(keyHash);
    case 'rejected':
      throw new CallError('invalid_api_key', 'Partoo rejected this key within the last minute');
  }
}

function bucketsFor(keyHash: string, { status, sharedUntil }: Known, now: number): Buckets {
  const home = homeOf(keyHash, status);
  return status.kind === 'unknown' || now < sharedUntil ? [home, UNKNOWN_BUCKET] : [home];
}

/** Undefined for an answer that says neither an organization nor that there is none. */
function statusIn(me: unknown): Status | undefined {
  if (!isObject(me)) return undefined;
  const id = me.org_id ?? '';
  if (id === '') return { kind: 'standalone' };
  const isId = Number.isFinite(id) || typeof id === 'bigint' || typeof id === 'string';
  return isId && /^[\w-]{1,64}$/.test(String(id)) ? { kind: 'organization', id: String(id) } : undefined;
}

const isTold = ({ status: { kind } }: Known) => kind === 'organization' || kind === 'standalone';

function unknown(before: Known | undefined): Known {
  const failures = before?.status.kind === 'unknown' ? before.failures : 0;
  return failedAgain({
    status: { kind: 'unknown' },
    learnedAt: Date.now(),
    askAgainAt: 0,
    failures,
    sharedUntil: 0,
  });
}

function failedAgain(known: Known): Known {
  const backoff = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** known.failures);
  return { ...known, failures: known.failures + 1, askAgainAt: Date.now() + backoff };
}

/** Milliseconds, at least one. */
function ttlOf(known: Known): number {
  const until = isTold(known) ? known.learnedAt + KEPT_MS : known.askAgainAt;
  return Math.max(1, until - Date.now());
}

const parse = (value: string): Recorded => JSON.parse(value);
const isAsking = (recorded: Recorded): recorded is { asking: string } => 'asking' in recorded;

/** Not `key:`, which earlier versions wrote in another form. */
const statusRecord = (keyHash: string) => `key-status:${keyHash}`;
const acceptedRecord = (keyHash: string) => `key-accepted:${keyHash}`;
