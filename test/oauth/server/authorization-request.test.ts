import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ALL_SCOPES,
  authorizationUrl,
  Browser,
  CALLBACK,
  connect,
  pkce,
  type RegisteredClient,
  registered,
  type SignInPair,
  signIn,
  startSignIn,
} from '../../support/sign-in.ts';

let server: SignInPair;
let client: RegisteredClient;
beforeAll(async () => {
  server = await startSignIn();
  client = await registered(server.origin);
});
afterAll(() => server.close());

const { challenge } = pkce();
const urlWith = (parameters: object) =>
  authorizationUrl(server.origin, client, { code_challenge: challenge, ...parameters });

describe('the redirect back', () => {
  test('carries code, state and issuer, by which a client tells servers apart (RFC 9207)', async () => {
    const end = await signIn(urlWith({ state: 'a state & more' }));
    expect(end.origin + end.pathname).toBe(CALLBACK);
    expect(Object.fromEntries(end.searchParams)).toEqual({
      code: expect.stringMatching(/^[\w-]{40,}$/),
      state: 'a state & more',
      iss: server.origin,
    });
  });

  test('after a refusal carries error, state and issuer', async () => {
    const { url } = await new Browser().open(urlWith({}));
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'state-1',
      iss: server.origin,
    });
  });
});

describe('never redirects', () => {
  test.each([
    ['to a URI that the client did not register', 'https://evil.example/callback'],
    ['to another path', `${CALLBACK}/more`],
    ['to a URI with more parameters', `${CALLBACK}?more=1`],
    ['to a path that resolves to the registered one', 'https://client.example/x/../callback'],
    ['to another host with the registered one as its user', 'https://client.example@evil.example/callback'],
    ['to a longer host', 'https://client.example.evil.example/callback'],
    ['to another scheme', 'http://client.example/callback'],
    ['to a script', 'javascript:alert(1)'],
    ['to another letter case', 'https://client.example/Callback'],
    ['without a URI', undefined],
  ])('%s', async (_what, redirect_uri) => {
    const { url, response } = await new Browser().open(urlWith({ redirect_uri }));
    expect(url).toContain(`${server.origin}/oauth/authorize?`);
    expect(response.status).toBe(400);
  });

  test('for a client that does not exist', async () => {
    const unknown = { client_id: 'unknown' };
    const { url, response } = await new Browser().open(authorizationUrl(server.origin, unknown));
    expect(url).toContain(`${server.origin}/oauth/authorize?`);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('evil');
  });

  test('two redirect URIs are not one', async () => {
    const { url, response } = await new Browser().open(
      `${urlWith({})}&redirect_uri=https%3A%2F%2Fevil.example`,
    );
    expect(url).toContain(`${server.origin}/oauth/authorize?`);
    expect(response.status).toBe(400);
  });
});

describe('a request without protection is refused', () => {
  test.each([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['with PKCE "plain"', { code_challenge_method: 'plain' }],
    ['with PKCE of no method', { code_challenge_method: undefined }],
    ['with a challenge that is too short', { code_challenge: 'short' }],
    ['for another response type', { response_type: 'token' }],
    ['for an id_token', { response_type: 'code id_token', nonce: 'n' }],
  ])('%s', async (_what, parameters) => {
    const { url } = await new Browser().open(urlWith(parameters), { 'x-test-key': 'demo-admin' });
    expect(url).toMatch(/[?#&]error=|\/oauth\/authorize\?/);
    expect(url).not.toMatch(/[?#&]code=/);
  });

  test.each([
    [
      'for another server: the token would be its',
      { resource: 'https://other.example/mcp' },
      'invalid_target',
    ],
    ['without a page: nobody can sign in silently', { prompt: 'none' }, 'login_required'],
    ['without PKCE', { code_challenge: undefined }, 'invalid_request'],
  ])(
    '%s, on a page with a link: it redirects nobody who has not clicked (RFC 9700)',
    async (_what, parameters, error) => {
      for (const given of [urlWith(parameters), urlWith(parameters).replace('/authorize?', '/authorize/?')]) {
        const { url, response } = await new Browser().open(given);
        expect(url).toBe(given);
        expect(response.status).toBe(400);
        const page = await response.text();
        expect(page).toContain('client.example');
        expect(page).not.toContain('http-equiv="refresh"');
        const [, link = ''] = /<a class="button secondary" href="([^"]+)"/.exec(page) ?? [];
        const { origin, searchParams } = new URL(link.replaceAll('&amp;', '&').replaceAll('&#38;', '&'));
        expect(origin).toBe(new URL(CALLBACK).origin);
        expect(Object.fromEntries(searchParams)).toMatchObject({
          error,
          state: 'state-1',
          iss: server.origin,
        });
      }
    },
  );
});

describe('a request may', () => {
  test.each([
    ['name this server', () => ({ resource: `${server.origin}/mcp` })],
    ['name it with a final slash', () => ({ resource: `${server.origin}/mcp/` })],
    ['name it in capitals', () => ({ resource: `${server.origin.replace('http', 'HTTP')}/mcp` })],
    ['name no resource', () => ({})],
    ['ask for scopes of other servers', () => ({ scope: 'openid profile email mcp' })],
    [
      'carry parameters of OpenID Connect',
      () => ({ nonce: 'n', max_age: '0', display: 'popup', acr_values: 'a' }),
    ],
    ['ask for the code in a form, and gets it in the URL', () => ({ response_mode: 'form_post' })],
    ['ask for the code behind #, and gets it in the URL', () => ({ response_mode: 'fragment' })],
    ['ask for consent', () => ({ prompt: 'consent' })],
    ['ask for a login and consent', () => ({ prompt: 'login consent', scope: 'offline_access' })],
    ['ask for a choice of account', () => ({ prompt: 'select_account' })],
    ['carry unknown parameters', () => ({ audience: 'x', claims: '{' })],
  ])('%s', async (_what, parameters) => {
    const { tokens } = await connect(server.origin, { client, parameters: parameters() });
    expect(tokens.scope).toBe(ALL_SCOPES);
    expect(tokens.refresh_token).toMatch(/^[\w-]{40,}$/);
  });
});

describe('scopes', () => {
  test('that were requested and allowed are those of the token', async () => {
    const parameters = { scope: 'partoo:read partoo:reviews' };
    const { tokens } = await connect(server.origin, { client, parameters });
    expect(tokens.scope).toBe('partoo:read partoo:reviews');
  });

  test('that the person takes away are told to the client', async () => {
    const scopes = 'partoo:read partoo:businesses';
    const { tokens } = await connect(server.origin, { client, scopes });
    expect(tokens.scope).toBe(scopes);
  });

  test('are never more than the client requested', async () => {
    const parameters = { scope: 'partoo:read partoo:posts' };
    const { tokens } = await connect(server.origin, { client, parameters, scopes: ALL_SCOPES });
    expect(tokens.scope).toBe('partoo:read partoo:posts');
  });
});
