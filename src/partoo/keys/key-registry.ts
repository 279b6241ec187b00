import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { type FaultLog, inBackground } from '../../core/background.ts';
import { CallError } from '../../core/call-error.ts';
import type { Limiter } from '../../rate-limit/limiter.ts';
import type { Records } from '../../storage/records/records.ts';
import { type Buckets, keyBucket, lookUpQueue, UNKNOWN_BUCKET } from './buckets.ts';
import {
  afterFailure,
  bucketsOfKey,
  confirmed,
  isAccepted,
  isConfirmed,
  isFresh,
  type KnownKey,
  rejected,
  statusOfUser,
} from './key-status.ts';

const MAX_KEYS = 20_000;
const KEPT_MS = 24 * 3_600_000;
/**
 * How long calls wait for a look-up, and for one that repeats a failed look-up. A slower one will fail, most likely, or is
 * queued among the unknown keys: the calls then go on as those of an unknown key.
 */
const LOOK_UP_PATIENCE_MS = { first: 8_000, repeated: 2_000 };
/** Partoo's window: requests that a key sent while it was unknown count for this long. */
const WINDOW_MS = 60_000;

/** Sends one `GET /user/me`, counted in these buckets, and returns the user. @throws CallError */
type FetchUser = (buckets: Buckets) => Promise<unknown>;

/**
 * Knows of each key, by its hash, which organization it belongs to and whether Partoo accepts it. Partoo limits
 * organizations, so this decides in which rate-limit buckets a key's requests count.
 *
 * Keys whose look-up failed may all belong to one organization. So they share one bucket with the limit of a single
 * organization, besides a bucket each. Once the organization is known, its bucket takes over what the key has used. For one
 * window more the key also counts among the unknown keys, where others of its organization may still be.
 */
export class KeyRegistry {
  readonly #records: Records;
  readonly #limiter: Limiter;
  readonly #log: FaultLog;
  readonly #known = new LRUCache<string, KnownKey>({ max: MAX_KEYS, perf: { now: () => Date.now() } });
  /** Look-ups under way. `known` resolves when calls need not wait any longer, `end` when the look-up has ended. */
  readonly #lookUps = new Map<string, { known: Promise<KnownKey>; end: Promise<unknown> }>();

  constructor(records: Records, limiter: Limiter, log: FaultLog) {
    this.#records = records;
    this.#limiter = limiter;
    this.#log = log;
  }

  /**
   * Returns the buckets at once if this process knows them.
   * @throws CallError (or rejects with it) `invalid_api_key` for a key that Partoo rejected within the last minute.
   */
  bucketsOf(keyHash: string, fetchUser: FetchUser): Buckets | Promise<Buckets> {
    const known = this.#known.get(keyHash);
    if (known && isFresh(known)) return bucketsOfKey(keyHash, known);
    const lookUp = this.#lookUps.get(keyHash)?.known ?? this.#startLookUp(keyHash, fetchUser);
    if (!known || !isConfirmed(known)) return lookUp.then(learned => bucketsOfKey(keyHash, learned));
    inBackground(this.#log, 'the look-up of an organization', () => lookUp);
    return bucketsOfKey(keyHash, known);
  }

  /** Called after a 401 from Partoo: all replicas reject the key for a minute. */
  async markRejected(keyHash: string): Promise<void> {
    await this.#remember(keyHash, rejected());
  }

  /** Called after Partoo carried out a request of this key. */
  markAccepted(keyHash: string): void {
    const known = this.#known.peek(keyHash);
    if (known?.status.kind !== 'unknown' || known.status.accepted) return;
    inBackground(this.#log, 'the record of an accepted key', () =>
      this.#remember(keyHash, { ...known, status: { kind: 'unknown', accepted: true } }),
    );
  }

  /** Whether Partoo accepts this key, as far as this process knows. */
  accepts(keyHash: string): boolean {
    const known = this.#known.peek(keyHash);
    return known !== undefined && isAccepted(known);
  }

  /** Whether Partoo rejected this key within the last minute, as far as this process knows. */
  rejects(keyHash: string): boolean {
    return this.#known.peek(keyHash)?.status.kind === 'rejected';
  }

  /** Whether Partoo accepted this key within the last day, as far as any replica knows. */
  async hasBeenAccepted(keyHash: string): Promise<boolean> {
    if (this.accepts(keyHash)) return true;
    const recorded = await this.#readRecord(keyHash);
    return recorded !== undefined && isAccepted(recorded);
  }

  /** Settles when the look-up of this key that is in progress has ended; undefined without one. */
  lookUpInProgress(keyHash: string): Promise<unknown> | undefined {
    return this.#lookUps.get(keyHash)?.end;
  }

  #startLookUp(keyHash: string, fetchUser: FetchUser): Promise<KnownKey> {
    const { first, repeated } = LOOK_UP_PATIENCE_MS;
    const patienceMs = this.#known.peek(keyHash)?.status.kind === 'unknown' ? repeated : first;
    const end = this.#lookUp(keyHash, fetchUser).finally(() => this.#lookUps.delete(keyHash));
    const late = sleep(patienceMs, undefined, { ref: false });
    const known = Promise.race([end, late]).then(known => known ?? this.#markFailed(keyHash));
    this.#lookUps.set(keyHash, { known, end });
    return known;
  }

  async #lookUp(keyHash: string, fetchUser: FetchUser): Promise<KnownKey> {
    const recorded = await this.#readRecord(keyHash);
    let known = this.#known.get(keyHash);
    if (recorded && (!known || isFresh(recorded))) {
      known = await this.#learn(keyHash, recorded);
      // An organization that is due serves as well: the next call looks it up in the background.
      if (isFresh(known) || isConfirmed(known)) return known;
    }
    let user: unknown;
    try {
      // A first look-up stays out of the shared bucket: made-up keys could use that up.
      user = await fetchUser(known ? bucketsOfKey(keyHash, known) : [keyBucket(keyHash)]);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      return error.code === 'invalid_api_key'
        ? this.#remember(keyHash, rejected())
        : this.#markFailed(keyHash);
    }
    const status = statusOfUser(user);
    if (!status) return this.#markFailed(keyHash);
    const learned = await this.#learn(keyHash, confirmed(status));
    return this.#remember(keyHash, learned);
  }

  /** The look-up failed, or takes too long. */
  async #markFailed(keyHash: string): Promise<KnownKey> {
    const before = this.#known.get(keyHash);
    if (!before) {
      await this.#copyUsage(keyHash, UNKNOWN_BUCKET, [lookUpQueue(keyHash)]);
      // Anything learned meanwhile is newer than the failure.
      const learned = this.#known.get(keyHash);
      if (learned) return learned;
    }
    return this.#remember(keyHash, afterFailure(before));
  }

  /** Before any request of the key counts for its organization, those that it sent before do. */
  async #learn(keyHash: string, known: KnownKey): Promise<KnownKey> {
    if (!isConfirmed(known)) return this.#keep(keyHash, known);
    const [bucket] = bucketsOfKey(keyHash, known);
    await this.#copyUsage(keyHash, bucket, [keyHash, lookUpQueue(keyHash)]);
    const wasUnknown = this.#known.get(keyHash)?.status.kind === 'unknown';
    return this.#keep(keyHash, wasUnknown ? { ...known, sharedUntil: Date.now() + WINDOW_MS } : known);
  }

  /** Also counts in `bucket` what the key and its look-ups used of its own bucket. */
  async #copyUsage(keyHash: string, bucket: string, users: string[]): Promise<void> {
    const own = keyBucket(keyHash);
    if (bucket === own) return;
    for (const keyThere of users) {
      await this.#limiter.copyUsage(own, bucket, { keyThere, key: keyHash });
    }
  }

  async #readRecord(keyHash: string): Promise<KnownKey | undefined> {
    const recorded = await this.#records.get(recordName(keyHash));
    return recorded === undefined ? undefined : JSON.parse(recorded);
  }

  /** In this process and for the other replicas. */
  async #remember(keyHash: string, known: KnownKey): Promise<KnownKey> {
    this.#keep(keyHash, known);
    // Made-up keys leave nothing behind for longer than it is of use.
    const ttlMs = isAccepted(known) ? KEPT_MS : Math.max(1, known.lookUpAt - Date.now());
    await this.#records.set(recordName(keyHash), JSON.stringify(known), ttlMs);
    return known;
  }

  #keep(keyHash: string, known: KnownKey): KnownKey {
    const isRejected = known.status.kind === 'rejected';
    this.#known.set(keyHash, known, { ttl: isRejected ? Math.max(1, known.lookUpAt - Date.now()) : KEPT_MS });
    return known;
  }
}

/** Earlier versions wrote other forms to `key:` and `key-status:`. */
const recordName = (keyHash: string) => `api-key:${keyHash}`;
