import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Records } from '../limits/records.ts';
import { CallError } from './errors.ts';
import { isObject } from './page.ts';

/** An organization hardly ever changes; a user moved to another one is counted right an hour later. */
const KNOWN_MS = 3_600_000;
/** After a look-up that failed the key stands alone for this long; one that Partoo refuses is not asked about. */
const AGAIN_AFTER_MS = 60_000;
/** How long other replicas wait for the one that looks up. */
const LOOK_UP_MS = 10_000;
const LOOK_EVERY_MS = 100;

const ORGANIZATION = 'org-';

/** `refused` is a key that Partoo does not accept; `alone` one whose organization could not be learned. */
type Standing = { orgId: number } | 'alone' | 'refused';
/** Who asks has a name of its own, so that two replicas do not take each other's record for theirs. */
type Remembered = Standing | { asking: string };

export interface LookUp {
  /** Answers `GET /user/me`. */
  ask(): Promise<unknown>;
  /** Told the bucket that the look-up counts in as well, before anybody else knows it. */
  learned(bucket: string): Promise<void>;
}

/**
 * Which organization a key belongs to, since that is what Partoo limits. Asked once, however many calls and replicas
 * want to know, and remembered under the key's hash.
 */
export class Organizations {
  readonly #records: Records;
  readonly #known = new LRUCache<string, Standing>({ max: 20_000 });
  readonly #accepted = new LRUCache<string, true>({ max: 20_000, ttl: KNOWN_MS });
  readonly #asking = new Map<string, Promise<Standing>>();

  constructor(records: Records) {
    this.#records = records;
  }

  /** The bucket that a key's requests count in. Throws `invalid_api_key` for a key that Partoo refused just now. */
  async bucketOf(keyHash: string, lookUp: LookUp): Promise<string> {
    return this.knownBucketOf(keyHash) ?? this.#bucket(keyHash, await this.#learnOnce(keyHash, lookUp));
  }

  /** The same, as far as this process knows. */
  knownBucketOf(keyHash: string): string | undefined {
    const standing = this.#known.get(keyHash);
    return standing && this.#bucket(keyHash, standing);
  }

  #bucket(keyHash: string, standing: Standing): string {
    if (standing === 'refused') throw new CallError('invalid_api_key', 'Partoo refused this key just now');
    return standing === 'alone' ? keyBucket(keyHash) : organizationBucket(standing);
  }

  /** Partoo answered 401: for a minute the key is refused here, in all replicas. Answers whether that is news. */
  async refuse(keyHash: string): Promise<boolean> {
    const isNew = this.#known.get(keyHash) !== 'refused';
    this.#accepted.delete(keyHash);
    await this.#remember(keyHash, 'refused');
    return isNew;
  }

  /** Partoo has done what a request with this key asked for, whatever it says of its organization. */
  accept(keyHash: string): void {
    this.#accepted.set(keyHash, true);
  }

  /** Whether Partoo has accepted this key, as far as this process knows. */
  accepts(keyHash: string): boolean {
    return this.#accepted.has(keyHash) || isObject(this.#known.get(keyHash));
  }

  /** Whether Partoo has refused this key just now, as far as this process knows. */
  refuses(keyHash: string): boolean {
    return this.#known.get(keyHash) === 'refused';
  }

  #learnOnce(keyHash: string, lookUp: LookUp): Promise<Standing> {
    const asking =
      this.#asking.get(keyHash) ??
      this.#learn(keyHash, lookUp).finally(() => {
        this.#asking.delete(keyHash);
      });
    this.#asking.set(keyHash, asking);
    return asking;
  }

  async #learn(keyHash: string, lookUp: LookUp): Promise<Standing> {
    const found = await this.#records.add(
      recordName(keyHash),
      JSON.stringify({ asking: randomUUID() }),
      LOOK_UP_MS,
    );
    if (!found) return this.#lookUp(keyHash, lookUp);
    const standing = await this.#awaitOther(keyHash, JSON.parse(found.value));
    if (isAsking(standing)) return 'alone';
    this.#known.set(keyHash, standing, { ttl: Math.min(found.ttlMs, ttlOf(standing)) });
    return standing;
  }

  async #lookUp(keyHash: string, { ask, learned }: LookUp): Promise<Standing> {
    const standing = await ask().then(
      (me): Standing => {
        const orgId = isObject(me) ? Number(me.org_id ?? Number.NaN) : Number.NaN;
        return Number.isFinite(orgId) ? { orgId } : 'alone';
      },
      (error): Standing =>
        error instanceof CallError && error.code === 'invalid_api_key' ? 'refused' : 'alone',
    );
    if (isObject(standing)) await learned(organizationBucket(standing));
    await this.#remember(keyHash, standing);
    return standing;
  }

  /** Another replica looks up, or has: what it finds is remembered where both see it. */
  async #awaitOther(keyHash: string, first: Remembered): Promise<Remembered> {
    const latest = performance.now() + LOOK_UP_MS;
    let standing = first;
    while (isAsking(standing) && performance.now() < latest) {
      await sleep(LOOK_EVERY_MS);
      standing = JSON.parse((await this.#records.get(recordName(keyHash))) ?? '"alone"');
    }
    return standing;
  }

  async #remember(keyHash: string, standing: Standing): Promise<void> {
    this.#known.set(keyHash, standing, { ttl: ttlOf(standing) });
    await this.#records.set(recordName(keyHash), JSON.stringify(standing), ttlOf(standing));
  }
}

/** A key whose organization is not known stands alone. */
export const keyBucket = (keyHash: string) => `key-${keyHash}`;

const organizationBucket = ({ orgId }: { orgId: number }) => `${ORGANIZATION}${orgId}`;

/** Whether a bucket is that of an organization, which only Partoo's answer to an accepted key makes. */
export const isOrganizationBucket = (bucket: string) => bucket.startsWith(ORGANIZATION);

const isAsking = (standing: Remembered): standing is { asking: string } =>
  isObject(standing) && 'asking' in standing;
const ttlOf = (standing: Standing) => (isObject(standing) ? KNOWN_MS : AGAIN_AFTER_MS);
const recordName = (keyHash: string) => `key:${keyHash}`;
