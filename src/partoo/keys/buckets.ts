/** The rate-limit buckets that a key's requests count in. A 429 from Partoo pauses the first one only. */
export type Buckets = readonly [string, ...string[]];

/** For a key that has no organization, or an unknown one. */
export const keyBucket = (keyHash: string) => `key-${keyHash}`;

/** Shared by all keys of unknown organization. */
export const UNKNOWN_BUCKET = 'unknown';

const ORGANIZATION = 'org-';

export const organizationBucket = (id: string) => `${ORGANIZATION}${id}`;

export const isOrganizationBucket = (bucket: string) => bucket.startsWith(ORGANIZATION);

/** The look-up queues apart from its key's calls: behind all of them, it would come too late to count them correctly. */
export const lookUpQueue = (keyHash: string) => `${keyHash}-me`;
