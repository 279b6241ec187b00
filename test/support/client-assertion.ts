import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { postForm, type RegisteredClient, registered } from './sign-in.ts';

const { privateKey, publicKey } = await generateKeyPair('ES256');

/** Registers a client that signs its requests. */
export const registeredWithKey = async (origin: string): Promise<RegisteredClient> =>
  registered(origin, {
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] },
  });

/** Signs an assertion of that client. `exp`: epoch seconds. */
export const assertionOf = (origin: string, { client_id }: RegisteredClient, exp: number) =>
  new SignJWT({ jti: randomUUID(), exp })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setIssuer(client_id)
    .setSubject(client_id)
    .setAudience(origin)
    .sign(privateKey);

/** Asks for tokens with an assertion and an unknown refresh token: nobody has to sign in for that. */
export const askWith = (origin: string, client_assertion: string) =>
  postForm(`${origin}/oauth/token`, {
    grant_type: 'refresh_token',
    refresh_token: 'unknown',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion,
  });
