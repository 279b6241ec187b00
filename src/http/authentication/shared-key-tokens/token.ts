import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'partoo_mcp_';

/** 256 random bits, as base64url: nobody guesses them, so a plain hash is safe to store. */
export const makeToken = () => `${PREFIX}${randomBytes(32).toString('base64url')}`;

/** Whether a credential is a token as servers like this one make them. Such a credential is never sent to Partoo. */
export const isMadeHere = (credential: string) => credential.startsWith(PREFIX);

/**
 * The form in which tokens are stored and looked up: SHA-256, as lower-case hex. The duration of a look-up by it tells nothing
 * about a token.
 */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');
