import { createHash, hkdfSync } from 'node:crypto';

/** A key derived from one of the secrets in SIGN_IN_SECRET. */
export interface SecretKey {
  /** Tells keys apart in the header of a token; reveals nothing of the key. */
  id: string;
  key: Buffer;
}

/** Each purpose has keys of its own. */
type Purpose = 'access tokens' | 'cookies' | 'records';

/** Returns one key per secret, in the order of the secrets: the first one seals, all of them open. */
export function keysFor(purpose: Purpose, secrets: readonly string[]): [SecretKey, ...SecretKey[]] {
  const [first, ...others] = secrets.map(secret => {
    const key = Buffer.from(hkdfSync('sha256', secret, '', `partoo-mcp sign-in: ${purpose}`, 32));
    return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
  });
  if (!first) throw new Error('SIGN_IN_SECRET is empty');
  return [first, ...others];
}
