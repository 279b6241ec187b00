/**
 * The buckets that a key's requests count in. The first is its organization's, or its own while that is not known: a 429
 * from Partoo stops that one, and no other unknown key.
 */
export type Buckets = readonly [string, ...string[]];

/** Of a key that has no organization, or none that is known. */
export const keyBucket = (keyHash: string) => `key-${keyHash}`;

/** Of all keys together whose organization could not be learned. */
export const UNKNOWN_BUCKET = 'unknown';

const ORGANIZATION = 'org-';

export const organizationBucket = (id: string) => `${ORGANIZATION}${id}`;

/** Whether a bucket is an organization's, by Partoo's word. */
export const isOrganizationBucket = (bucket: string) => bucket.startsWith(ORGANIZATION);

/** A look-up takes turns with the calls of its key: behind all of them it would come too late to count them right. */
export const lookUpQueue = (keyHash: string) => `${keyHash}-me`;
