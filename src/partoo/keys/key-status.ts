import { CallError } from '../../core/call-error.ts';
import { isObject } from '../../core/is-object.ts';
import { type Buckets, keyBucket, organizationBucket, UNKNOWN_BUCKET } from './buckets.ts';

/** An organization hardly ever changes; a user moved to another one is counted right an hour later. */
const FRESH_MS = 3_600_000;
/** How long the last known organization is kept when it cannot be asked for again. */
export const KEPT_MS = 24 * 3_600_000;
/** A key that Partoo rejects is not tried again for this long. */
const REJECTED_MS = 60_000;
/** After a look-up that failed the next one comes so much later, twice as much each time. */
const FIRST_BACKOFF_MS = 2_000;
const MAX_BACKOFF_MS = 30_000;

/**
 * - `organization`: Partoo told the key's organization.
 * - `standalone`: Partoo told that the key has none.
 * - `rejected`: Partoo does not accept the key.
 * - `unknown`: the look-up failed, and is made again.
 */
export type Status = { kind: 'organization'; id: string } | { kind: 'standalone' | 'rejected' | 'unknown' };

/** What is known of a key, in this process and in the records. Moments are epoch milliseconds, for all replicas. */
export interface Known {
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
export type Recorded = Known | { asking: string };

export function homeOf(keyHash: string, status: Status): string {
  switch (status.kind) {
    case 'organization':
      return organizationBucket(status.id);
    case 'standalone':
    case 'unknown':
      return keyBucket(keyHash);
    case 'rejected':
      throw new CallError('invalid_api_key', 'Partoo rejected this key within the last minute');
  }
}

export function bucketsFor(keyHash: string, { status, sharedUntil }: Known, now: number): Buckets {
  const home = homeOf(keyHash, status);
  return status.kind === 'unknown' || now < sharedUntil ? [home, UNKNOWN_BUCKET] : [home];
}

/** Undefined for an answer that says neither an organization nor that there is none. */
export function statusIn(me: unknown): Status | undefined {
  if (!isObject(me)) return undefined;
  const id = me.org_id ?? '';
  if (id === '') return { kind: 'standalone' };
  const isId = Number.isFinite(id) || typeof id === 'bigint' || typeof id === 'string';
  return isId && /^[\w-]{1,64}$/.test(String(id)) ? { kind: 'organization', id: String(id) } : undefined;
}

export const isTold = ({ status: { kind } }: Known) => kind === 'organization' || kind === 'standalone';

/** Partoo has told the status just now. */
export function told(status: Status, sharedUntil: number): Known {
  const now = Date.now();
  return { status, learnedAt: now, askAgainAt: now + FRESH_MS, failures: 0, sharedUntil };
}

/** Partoo has rejected the key just now. */
export function rejected(): Known {
  const now = Date.now();
  return {
    status: { kind: 'rejected' },
    learnedAt: now,
    askAgainAt: now + REJECTED_MS,
    failures: 0,
    sharedUntil: 0,
  };
}

export function unknown(before: Known | undefined): Known {
  const failures = before?.status.kind === 'unknown' ? before.failures : 0;
  return failedAgain({
    status: { kind: 'unknown' },
    learnedAt: Date.now(),
    askAgainAt: 0,
    failures,
    sharedUntil: 0,
  });
}

export function failedAgain(known: Known): Known {
  const backoff = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** known.failures);
  return { ...known, failures: known.failures + 1, askAgainAt: Date.now() + backoff };
}

/** Milliseconds, at least one. */
export function ttlOf(known: Known): number {
  const until = isTold(known) ? known.learnedAt + KEPT_MS : known.askAgainAt;
  return Math.max(1, until - Date.now());
}

export const parse = (value: string): Recorded => JSON.parse(value);
export const isAsking = (recorded: Recorded): recorded is { asking: string } => 'asking' in recorded;
