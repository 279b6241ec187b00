import { CompactEncrypt, compactDecrypt } from 'jose';
import { keysFor } from '../../src/oauth/tokens/secrets.ts';
import { SIGN_IN_SECRET } from './sign-in.ts';

/** Returns the same access token, made some seconds earlier. */
export async function madeEarlier(token: string, seconds: number): Promise<string> {
  const [{ key }] = keysFor('access tokens', [`key ${SIGN_IN_SECRET}`]);
  const { plaintext, protectedHeader } = await compactDecrypt(token, key);
  const claims = JSON.parse(new TextDecoder().decode(plaintext));
  const earlier = new TextEncoder().encode(JSON.stringify({ ...claims, iat: claims.iat - seconds }));
  return new CompactEncrypt(earlier).setProtectedHeader(protectedHeader).encrypt(key);
}
