import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ALL_SCOPES,
  authorizationUrl,
  Browser,
  CALLBACK,
  exchange,
  pkce,
  postForm,
  type SignInPair,
  signIn,
  startSignIn,
} from '../../support/sign-in.ts';
import { startWeb, type Web } from '../../support/web.ts';

/** The documents that clients publish, by path; `{origin}` is the origin of the request. */
const documents = new Map<string, object | string>();
let web: Web;
let server: SignInPair;
beforeAll(async () => {
  web = await startWeb((request, response) => {
    const found = documents.get(request.url ?? '');
    if (found === undefined) return response.writeHead(404).end();
    const text = typeof found === 'string' ? found : JSON.stringify(found);
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(text.replaceAll('{origin}', `https://${request.headers.host}`));
  });
  // Each sign-in comes from an address of its own, so that none uses up the budget of the others.
  server = await startSignIn({ TRUST_PROXY: 'true' }, web.fetcher());
});
afterAll(async () => {
  await server.close();
  await web.close();
});

let count = 0;
/** Publishes a document; returns the id of its client. */
function publish(metadata: object | string, host = 'client.web.example'): { client_id: string } {
  const path = `/client-${++count}.json`;
  const document = {
    client_id: `{origin}${path}`,
    client_name: 'A client with a document',
    redirect_uris: [CALLBACK],
    token_endpoint_auth_method: 'none',
  };
  documents.set(path, typeof metadata === 'string' ? metadata : { ...document, ...metadata });
  return { client_id: `https://${host}:${web.port}${path}` };
}

const { verifier, challenge } = pkce();
const open = (client: { client_id: string }, parameters = {}) =>
  new Browser().open(authorizationUrl(server.origin, client, { code_challenge: challenge, ...parameters }), {
    'x-test-key': 'demo-admin',
    'x-test-scopes': ALL_SCOPES,
    'x-forwarded-for': `198.51.100.${count}`,
  });

test('a client that publishes a document signs in without a registration', async () => {
  const client = publish({});
  const { url } = await open(client);
  const code = new URL(url).searchParams.get('code') ?? '';
  const response = await exchange(server.origin, client, code, verifier);
  expect(await response.json()).toMatchObject({ scope: ALL_SCOPES, refresh_token: expect.any(String) });
});

test('a document is fetched once for a whole sign-in', async () => {
  const client = publish({});
  const end = await signIn(authorizationUrl(server.origin, client, { code_challenge: challenge }));
  await exchange(server.origin, client, end.searchParams.get('code') ?? '', verifier);
  const { pathname } = new URL(client.client_id);
  expect(web.requested.filter(path => path === pathname)).toHaveLength(1);
});

test.each(['http://127.0.0.1:3118/callback', 'http://localhost:54321/callback'])(
  'a client on the own machine may use any port (%s)',
  async redirect_uri => {
    const redirect_uris = ['http://127.0.0.1/callback', 'http://localhost/callback'];
    const { url } = await open(publish({ redirect_uris, application_type: 'web' }), { redirect_uri });
    expect(url).toContain(`${redirect_uri}?code=`);
  },
);

test('a client that signs its requests, as ChatGPT does, must hold its key', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const { privateKey: anotherKey } = await generateKeyPair('RS256');
  documents.set('/keys.json', { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig' }] });
  const client = publish({
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
    jwks_uri: '{origin}/keys.json',
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
    scope: 'openid offline_access anything',
  });
  const assertion = (key = privateKey, audience: string = server.origin) =>
    new SignJWT({ jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(client.client_id)
      .setSubject(client.client_id)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('1 minute')
      .sign(key);
  const exchangeWith = async (client_assertion: string) => {
    const { url } = await open(client, { prompt: 'consent' });
    const code = new URL(url).searchParams.get('code') ?? '';
    return postForm(`${server.origin}/oauth/token`, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: CALLBACK,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
    });
  };
  const good = await assertion();
  expect((await exchangeWith(good)).status).toBe(200);
  expect((await exchangeWith(await assertion(privateKey, `${server.origin}/oauth/token`))).status).toBe(200);
  for (const refused of [
    good,
    await assertion(anotherKey),
    await assertion(privateKey, 'https://other.example'),
  ]) {
    expect(await (await exchangeWith(refused)).json()).toMatchObject({ error: 'invalid_client' });
  }
  const { url } = await open(client);
  const code = new URL(url).searchParams.get('code') ?? '';
  expect(await (await exchange(server.origin, client, code, verifier)).json()).toMatchObject({
    error: 'invalid_client',
  });
  expect(web.requested.filter(path => path === '/keys.json')).toHaveLength(1);
});

test('a document whose host may not be reached is refused, without telling the browser why', async () => {
  web.resolve('inside.web.example', ['10.0.0.1']);
  const { response } = await open(publish({}, 'inside.web.example'));
  expect(response.status).toBe(400);
  expect(await response.text()).not.toMatch(/10\.0\.0\.1|public internet|ECONN/);
  expect(JSON.stringify(server.log)).toMatch(/inside\.web\.example/);
});

describe('a document is refused', () => {
  test.each<[string, object | string]>([
    ['that names another client', { client_id: 'https://other.web.example/client.json' }],
    ['without redirect URIs', { redirect_uris: [] }],
    ['with a redirect URI over plain HTTP', { redirect_uris: ['http://client.example/callback'] }],
    ['with a redirect URI that is a script', { redirect_uris: ['javascript:alert(1)'] }],
    ['with a secret that everybody can read', { client_secret: 'a secret' }],
    ['that wants to prove itself by a secret', { token_endpoint_auth_method: 'client_secret_post' }],
    ['that is no object', '[]'],
    ['that is no JSON', '{'],
    ['that is empty', ''],
    ['that is huge', { client_uri: `https://client.example/${'x'.repeat(100_000)}` }],
  ])('%s', async (_what, metadata) => {
    const { url, response } = await open(publish(metadata));
    expect(url).toContain(`${server.origin}/oauth/authorize?`);
    expect(response.status).toBe(400);
  });

  test.each([
    ['of this machine', () => `https://localhost:${web.port}/client-1.json`, ['127.0.0.2']],
    ['of a private network', () => `https://10.0.0.1:${web.port}/client-1.json`, []],
    ['unencrypted', () => 'http://client.web.example/client-1.json', []],
  ])('%s', async (_what, url, addresses) => {
    web.resolve('localhost', addresses);
    const before = web.requested.length;
    expect((await open({ client_id: url() })).response.status).toBe(400);
    expect(web.requested).toHaveLength(before);
  });
});

test('one address makes the server fetch only so much', async () => {
  const fetcher = web.fetcher();
  const limited = await startSignIn({}, fetcher);
  const before = web.requested.length;
  for (let number = 0; number < 30; number++) {
    const client = publish({});
    await fetch(authorizationUrl(limited.origin, client, { code_challenge: challenge }), {
      redirect: 'manual',
    });
  }
  expect(web.requested.length - before).toBe(20);
  await limited.close();
});
