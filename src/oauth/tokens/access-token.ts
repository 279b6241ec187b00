import { jwtDecrypt } from 'jose';
import type { SecretKey } from './secrets.ts';

/** How long an access token is valid. After a revocation it goes on working for that long. */
export const ACCESS_TOKEN_SECONDS = 3_600;

/** The holder of a Partoo key, or a person whom the server's own key serves. */
export interface Identity {
  key?: string;
  person?: string;
}

/** A valid access token. */
export interface Session extends Identity {
  scopes: string[];
  /** The id of the grant that the token was given for. */
  grantId: string;
  clientId: string;
  /** Epoch seconds. */
  issuedAt: number;
}

/** A compact JWE with a direct key, whose second part is empty. No Partoo key looks like this. */
const COMPACT_JWE = /^eyJ[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+$/;

/** Whether a text is an access token of this server by its form, valid or not. */
export const isAccessToken = (text: string) => text.length < 8_192 && COMPACT_JWE.test(text);

/** Returns a function that opens the access tokens of one server. It returns undefined for every other or expired token. */
export function accessTokenOpener(
  keys: readonly SecretKey[],
  { issuer, audience }: { issuer: string; audience: string },
): (token: string) => Promise<Session | undefined> {
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  return async token => {
    try {
      const { payload } = await jwtDecrypt(
        token,
        ({ kid = '' }) => {
          const key = byId.get(kid);
          if (!key) throw new Error('sealed with an unknown secret');
          return key;
        },
        {
          issuer,
          audience,
          typ: 'at+jwt',
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          requiredClaims: ['client_id', 'exp', 'iat', 'scope', 'sub'],
        },
      );
      const { key, person, scope, client_id, sub = '', iat = 0 } = payload;
      return {
        ...(typeof key === 'string' && { key }),
        ...(typeof person === 'string' && { person }),
        scopes: String(scope).split(' '),
        grantId: sub,
        clientId: String(client_id),
        issuedAt: iat,
      };
    } catch {
      return undefined;
    }
  };
}

/** The claims of a token beyond the standard ones; `accessTokenOpener` reads them. */
export const tokenClaims = ({ key, person }: Identity) => ({
  ...(key !== undefined && { key }),
  ...(person !== undefined && { person }),
});
