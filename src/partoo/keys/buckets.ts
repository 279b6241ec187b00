import type { Caller } from '../../core/caller.ts';

/** The rate-limit buckets that a key's requests count in. A 429 from Partoo pauses the first one only. */
export type Buckets = readonly [string, ...string[]];

/** For a key that has no organization, or an unknown one. */
export const keyBucket = (keyHash: string) => `key-${keyHash}`;

/** Shared by all keys of unknown organization. */
export const UNKNOWN_BUCKET = 'unknown';

const ORGANIZATION = 'org-';

export const organizationBucket = (id: string) => `${ORGANIZATION}${id}`;

export const isOrganizationBucket = (bucket: string) => bucket.startsWith(ORGANIZATION);

/**
 * The queue of the limiter that a caller's requests wait in: queues take turns. People who share a key have one each, and
 * what is before the dot counts for the limit of the key (rate-limit/schedule.ts).
 */
export const callerQueue = ({ keyHash, callerHash }: Pick<Caller, 'keyHash' | 'callerHash'>) =>
  callerHash === keyHash ? keyHash : `${keyHash}.${callerHash}`;

/** The look-up queues apart from its key's calls: behind all of them, it would come too late to count them correctly. */
export const lookUpQueue = (keyHash: string) => `${keyHash}-me`;
