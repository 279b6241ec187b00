import { createHmac } from 'node:crypto';

/**
 * Stands for a key in the log and in Redis. 96 bits of HMAC-SHA-256 as hex: enough to tell keys apart, too short to be
 * mistaken for one. Without `secret` nobody can test guesses of a key against its hash.
 */
export function hashKey(key: string, secret: string): string {
  return hmac(key, secret).toString('hex').slice(0, 24);
}

/** Returns the key that encrypts what is stored for a caller. The hash does not reveal it. */
export const sealingKeyOf = (key: string, secret: string): Buffer => hmac(`seal ${key}`, secret);

const hmac = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest();
