import { CallError } from '../../core/call-error.ts';
import { isObject } from '../../core/is-object.ts';
import { type Buckets, keyBucket, organizationBucket, UNKNOWN_BUCKET } from './buckets.ts';

/** A key hardly ever changes its organization. One that did is counted correctly an hour later. */
const FRESH_MS = 3_600_000;
const REJECTED_MS = 60_000;
/** Failed look-ups are retried after this long, doubled with each further failure. */
const FIRST_BACKOFF_MS = 2_000;
const MAX_BACKOFF_MS = 30_000;

type KeyStatus =
  | { kind: 'organization'; id: string }
  /** Partoo says that the key has no organization. */
  | { kind: 'standalone' }
  /** Partoo does not accept the key. */
  | { kind: 'rejected' }
  /** The look-up failed. `accepted`: Partoo has carried out other requests of the key. */
  | { kind: 'unknown'; accepted: boolean };

/** Times are epoch milliseconds, since replicas share them. */
export interface KnownKey {
  status: KeyStatus;
  /** The first call from then on starts a look-up. */
  lookUpAt: number;
  /** Consecutive failed look-ups. */
  failures: number;
  /** Until then the key's requests also count in the bucket of the unknown keys. */
  sharedUntil: number;
}

/** @throws CallError `invalid_api_key` for a rejected key. */
export function bucketsOfKey(keyHash: string, { status, sharedUntil }: KnownKey): Buckets {
  switch (status.kind) {
    case 'rejected':
      throw new CallError('invalid_api_key', 'Partoo rejected this key within the last minute');
    case 'unknown':
      return [keyBucket(keyHash), UNKNOWN_BUCKET];
    default: {
      const own = status.kind === 'organization' ? organizationBucket(status.id) : keyBucket(keyHash);
      return Date.now() < sharedUntil ? [own, UNKNOWN_BUCKET] : [own];
    }
  }
}

/** Reads the user that `GET /user/me` returns. Undefined if it is unclear whether the user has an organization. */
export function statusOfUser(user: unknown): KeyStatus | undefined {
  if (!isObject(user)) return undefined;
  const id = user.org_id ?? '';
  if (id === '') return { kind: 'standalone' };
  const isId = Number.isFinite(id) || typeof id === 'bigint' || typeof id === 'string';
  return isId && /^[\w-]{1,64}$/.test(String(id)) ? { kind: 'organization', id: String(id) } : undefined;
}

export const isFresh = ({ lookUpAt }: KnownKey) => Date.now() < lookUpAt;

/** Whether a look-up succeeded. It stays so when later ones fail. */
export const isConfirmed = ({ status: { kind } }: KnownKey) =>
  kind === 'organization' || kind === 'standalone';

export const isAccepted = (known: KnownKey) =>
  isConfirmed(known) || (known.status.kind === 'unknown' && known.status.accepted);

const knownFor = (ms: number, status: KeyStatus): KnownKey => ({
  status,
  lookUpAt: Date.now() + ms,
  failures: 0,
  sharedUntil: 0,
});

export const confirmed = (status: KeyStatus) => knownFor(FRESH_MS, status);
export const rejected = () => knownFor(REJECTED_MS, { kind: 'rejected' });

/** A failed look-up changes nothing about what an earlier one confirmed. */
export function afterFailure(before = knownFor(0, { kind: 'unknown', accepted: false })): KnownKey {
  const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** before.failures);
  return { ...before, lookUpAt: Date.now() + backoffMs, failures: before.failures + 1 };
}
