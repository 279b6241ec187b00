import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisDatabase } from '../../support/redis-database.ts';
import {
  authorizationUrl,
  CALLBACK,
  pkce,
  postForm,
  type SignInPair,
  signIn,
  startSignIn,
  type TokenResponse,
} from '../../support/sign-in.ts';
import type { RunningServer } from '../../support/start.ts';

const redisUrl = redisDatabase(7);
const { privateKey, publicKey } = await generateKeyPair('ES256');
const CLIENT = 'https://assistant.example/client.json';
const KEYS = 'https://assistant.example/keys.json';
const { verifier, challenge } = pkce();

let reachable = true;
const web = {
  async fetch({ href }: URL) {
    if (!reachable) throw new Error('connect ETIMEDOUT');
    const document = {
      client_id: href,
      client_name: 'Assistant',
      redirect_uris: [CALLBACK],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks_uri: KEYS,
    };
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] };
    return Response.json(href === KEYS ? keys : document);
  },
  async close() {},
};

/** A replica that has just started knows only what is stored. */
describe.skipIf(!redisUrl)('while the site of a client with a document cannot be reached', () => {
  let server: SignInPair;
  let replica: RunningServer;
  let tokens: TokenResponse;
  beforeAll(async () => {
    server = await startSignIn({ REDIS_URL: redisUrl as string, REPLICAS_HINT: '2' }, web);
    const url = authorizationUrl(server.origin, { client_id: CLIENT }, { code_challenge: challenge });
    const code = (await signIn(url)).searchParams.get('code') ?? '';
    const fields = {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: CALLBACK,
    };
    const response = await ask(server.origin, fields);
    expect(response.status).toBe(200);
    tokens = (await response.json()) as TokenResponse;
    reachable = false;
    replica = await server.replica();
  });
  afterAll(async () => {
    await replica?.close();
    await server?.close();
  });

  const ask = async (origin: string, fields: object) =>
    postForm(`${origin}/oauth/token`, {
      ...fields,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await new SignJWT({ jti: crypto.randomUUID() })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .setIssuer(CLIENT)
        .setSubject(CLIENT)
        .setAudience(server.origin)
        .setExpirationTime('1 minute')
        .sign(privateKey),
    });

  test('its connections go on', async () => {
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    expect((await ask(replica.origin, fields)).status).toBe(200);
  });

  test('people sign in with it', async () => {
    const url = authorizationUrl(replica.origin, { client_id: CLIENT }, { code_challenge: challenge });
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
  });

  test('another client of that site is asked to wait, and not told that it is unknown', async () => {
    const fields = { grant_type: 'refresh_token', refresh_token: 'any', client_id: `${CLIENT}?other` };
    const response = await postForm(`${replica.origin}/oauth/token`, fields);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
