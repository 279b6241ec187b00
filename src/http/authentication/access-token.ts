import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as 43 characters of base64url: nobody guesses one, so a plain hash of it is safe to store. */
const randomPart = () => randomBytes(32).toString('base64url');

/** Made at the start of a server that others can reach, for the one person who runs it. */
export const makeAccessToken = () => `partoo_${randomPart()}`;

/** The token of one person or machine of a team. */
export const makeTeamToken = () => `partoo_team_${randomPart()}`;

/** Whether a credential is a token as servers like this one make them. Such a credential is never sent to Partoo. */
export const isMadeHere = (credential: string) => /^partoo_(team_|[\w-]{43}$)/.test(credential);

/** The form in which tokens are stored and looked up: SHA-256, as lower-case hex. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

/** Returns a test for one token, whose duration does not depend on how much of a guess is right. */
export function isToken(expected: string): (credential: string) => boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  const expectedHash = hash(expected);
  return credential => timingSafeEqual(hash(credential), expectedHash);
}
