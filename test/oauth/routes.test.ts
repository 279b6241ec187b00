import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpRequest } from '../support/http-request.ts';
import {
  ALL_SCOPES,
  authorizationUrl,
  Browser,
  CALLBACK,
  postForm,
  register,
  registered,
  type SignInPair,
  startSignIn,
} from '../support/sign-in.ts';
import { startPair } from '../support/start.ts';

let server: SignInPair;
beforeAll(async () => {
  server = await startSignIn();
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.origin + path, { headers });

describe('metadata', () => {
  test.each(['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'])(
    '%s says what clients must know',
    async path => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        issuer: server.origin,
        authorization_endpoint: `${server.origin}/oauth/authorize`,
        token_endpoint: `${server.origin}/oauth/token`,
        registration_endpoint: `${server.origin}/oauth/register`,
        revocation_endpoint: `${server.origin}/oauth/revoke`,
        code_challenge_methods_supported: ['S256'],
        response_types_supported: ['code'],
        response_modes_supported: ['query'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_methods_supported: [
          'none',
          'client_secret_basic',
          'client_secret_post',
          'private_key_jwt',
        ],
        authorization_response_iss_parameter_supported: true,
        client_id_metadata_document_supported: true,
        scopes_supported: [...ALL_SCOPES.split(' '), 'offline_access'],
      });
    },
  );

  test.each(['/.well-known/oauth-protected-resource/mcp', '/.well-known/oauth-protected-resource'])(
    '%s names the authorization server',
    async path => {
      expect(await (await get(path)).json()).toEqual({
        resource: `${server.origin}/mcp`,
        authorization_servers: [server.origin],
        scopes_supported: ALL_SCOPES.split(' '),
        bearer_methods_supported: ['header'],
        resource_name: 'Partoo',
      });
    },
  );

  test('offers no scope for what the operator has switched off', async () => {
    const small = await startSignIn({ READ_ONLY: 'true', TOOLSETS: 'reviews,posts' });
    const metadata = await (await fetch(`${small.origin}/.well-known/oauth-protected-resource/mcp`)).json();
    expect(metadata).toMatchObject({ scopes_supported: ['partoo:read', 'partoo:reviews', 'partoo:posts'] });
    await small.close();
  });

  test.each(['http', 'https'])('builds every URL on PUBLIC_URL, whatever a proxy sends (%s)', async proto => {
    const metadata = await (
      await get('/.well-known/oauth-authorization-server', {
        'x-forwarded-proto': proto,
        'x-forwarded-host': 'elsewhere.example',
      })
    ).json();
    expect(JSON.stringify(metadata)).not.toContain('elsewhere.example');
    expect(metadata).toMatchObject({ token_endpoint: `${server.origin}/oauth/token` });
  });

  test('does not exist without SIGN_IN, so that no client starts a sign-in', async () => {
    const pair = await startPair();
    for (const path of [
      '/.well-known/oauth-authorization-server',
      '/.well-known/openid-configuration',
      '/.well-known/oauth-protected-resource/mcp',
      '/.well-known/oauth-protected-resource',
      '/oauth/authorize',
      '/oauth/jwks',
    ]) {
      expect((await fetch(pair.origin + path)).status, path).toBe(404);
    }
    await pair.close();
  });
});

describe('what other pages may call', () => {
  const ORIGIN = { origin: 'https://inspector.example' };

  test.each([
    ['GET', '/.well-known/oauth-authorization-server'],
    ['GET', '/.well-known/oauth-protected-resource/mcp'],
    ['POST', '/oauth/token'],
    ['POST', '/oauth/register'],
    ['POST', '/oauth/revoke'],
  ])('%s %s from any page, after a preflight', async (method, path) => {
    const preflight = await httpRequest(server.origin + path, {
      method: 'OPTIONS',
      headers: {
        ...ORIGIN,
        'access-control-request-method': method,
        'access-control-request-headers': 'content-type,authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe('*');
    expect(preflight.headers['access-control-allow-methods']).toBe(method);
    expect(preflight.headers['access-control-allow-headers']).toContain('authorization');
    const response = await httpRequest(server.origin + path, { method, headers: ORIGIN });
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('nothing of the authorization endpoint', async () => {
    const response = await get('/oauth/authorize', ORIGIN);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('no request under a name that is not this server', async () => {
    const response = await httpRequest(`${server.origin}/oauth/token`, {
      method: 'POST',
      headers: { host: 'rebound.example' },
    });
    expect(response.status).toBe(403);
  });
});

describe('responses', () => {
  test('carry the headers of every response, and are not cached', async () => {
    const response = await postForm(`${server.origin}/oauth/token`, { grant_type: 'refresh_token' });
    expect(response.status).toBe(400);
    expect(response.headers.get('x-request-id')).toMatch(/[\da-f-]{36}/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('set cookies for the sign-in only, that scripts cannot read and other sites do not send', async () => {
    const client = await registered(server.origin);
    const url = authorizationUrl(server.origin, client, { code_challenge: 'c'.repeat(43) });
    const response = await fetch(url, { redirect: 'manual' });
    expect(response.status).toBe(303);
    const cookies = response.headers.getSetCookie();
    // Two, each with its signature.
    expect(cookies).toHaveLength(4);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; path=\/oauth\/(sign-in|authorize)\/[\w-]+;.*samesite=lax.*; httponly/i);
    }
  });

  test('are understood without an answer from the browser: no session is remembered', async () => {
    const client = await registered(server.origin);
    const browser = new Browser();
    const url = authorizationUrl(server.origin, client, { code_challenge: 'c'.repeat(43) });
    const first = await browser.open(url, { 'x-test-key': 'demo-admin', 'x-test-scopes': ALL_SCOPES });
    expect(first.url).toContain(`${CALLBACK}?code=`);
    // The same browser without a person at the page.
    expect((await browser.open(url)).url).toContain('error=access_denied');
  });

  test('of a sign-in under https have cookies for https only', async () => {
    const behindProxy = await startSignIn({ PUBLIC_URL: 'https://mcp.example.com', ALLOWED_HOSTS: '*' });
    const client = await registered(behindProxy.origin);
    const url = authorizationUrl(behindProxy.origin, client, { code_challenge: 'c'.repeat(43) });
    const response = await fetch(url, { redirect: 'manual' });
    expect(response.headers.getSetCookie()).toHaveLength(4);
    for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/; secure/i);
    await behindProxy.close();
  });

  test.each([
    ['en', 'This app is not known here'],
    ['fr', 'Cette application n’est pas connue ici'],
  ])(
    'say on a page (%s) that a client is unknown, as after a restart without Redis',
    async (language, words) => {
      const url = authorizationUrl(
        server.origin,
        { client_id: 'forgotten' },
        { code_challenge: 'c'.repeat(43) },
      );
      const response = await fetch(url, { headers: { 'accept-language': language, accept: 'text/html' } });
      expect(response.status).toBe(400);
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(await response.text()).toContain(words);
    },
  );

  test('say on a page what the app did wrong, and nothing that it sent', async () => {
    const client = await registered(server.origin);
    const redirect_uri = 'https://evil.example/<script>';
    const page = await (await fetch(authorizationUrl(server.origin, client, { redirect_uri }))).text();
    expect(page).toContain('redirect_uri did not match');
    expect(page).not.toContain('evil.example');
  });

  test('slow down an address that begins sign-ins without end, on a page', async () => {
    const limited = await startSignIn();
    const client = await registered(limited.origin);
    const url = authorizationUrl(limited.origin, client, { code_challenge: 'c'.repeat(43) });
    const open = () => fetch(url, { redirect: 'manual' });
    const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await open()).status));
    expect(new Set(statuses)).toEqual(new Set([303]));
    const refused = await open();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.text()).toContain('Many people are signing in');
    await limited.close();
  });

  test('refuse a state that would fill the memory', async () => {
    const client = await registered(server.origin);
    const status = async (length: number) =>
      (
        await fetch(
          authorizationUrl(server.origin, client, {
            code_challenge: 'c'.repeat(43),
            state: 'x'.repeat(length),
          }),
          { redirect: 'manual' },
        )
      ).status;
    expect(await status(2_048)).toBe(303);
    expect(await status(2_049)).toBe(400);
  });

  test('do not tell a browser what failed inside; the log does', async () => {
    const { url, response } = await new Browser().open(`${server.origin}/oauth/sign-in/made-up`, {
      'x-test-key': 'demo-admin',
    });
    expect(url).toContain('made-up');
    expect(await response.text()).not.toMatch(/node_modules|at .*\.[jt]s/);
  });
});

describe('bodies', () => {
  test('longer than any request are refused', async () => {
    const response = await postForm(`${server.origin}/oauth/token`, { code: 'x'.repeat(10_000) });
    expect(response.status).toBe(413);
    expect((await register(server.origin, { client_name: 'x'.repeat(10_000) })).status).toBe(413);
  });

  test('of unknown length cannot register a client', async () => {
    const response = await fetch(`${server.origin}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob(['{}']).stream(),
      duplex: 'half',
    });
    expect(response.status).toBe(413);
  });

  test('of another type are refused', async () => {
    const response = await fetch(`${server.origin}/oauth/token`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });
});

describe('registrations', () => {
  let proxied: SignInPair;
  beforeAll(async () => {
    proxied = await startSignIn({ TRUST_PROXY: 'true' });
  });
  afterAll(() => proxied.close());

  const registerFrom = async (address: string) => {
    const response = await fetch(`${proxied.origin}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none' }),
    });
    return response.status === 201 ? 'registered' : `${response.status} ${await response.text()}`;
  };
  const registerMany = (count: number, addressOf: (number: number) => string) =>
    Promise.all(Array.from({ length: count }, (_, number) => registerFrom(addressOf(number))));

  test('of one address are few a minute, and the refusal says so', async () => {
    const answers = await registerMany(21, () => '198.51.100.1');
    expect(answers.filter(answer => answer === 'registered')).toHaveLength(20);
    expect(answers.find(answer => answer !== 'registered')).toMatch(/^429 .*registrations from this address/);
    expect(await registerFrom('203.0.113.77')).toBe('registered');
  });

  test('of one IPv6 network count together; everybody else goes on', async () => {
    const answers = await registerMany(100, number => `2001:db8:1:${number}::1`);
    expect(answers.filter(answer => answer === 'registered')).toHaveLength(80);
    expect(answers.find(answer => answer !== 'registered')).toMatch(/^429 .*registrations from this network/);
    expect(await registerFrom('2001:db8:2::1')).toBe('registered');
    expect(await registerFrom('198.51.100.2')).toBe('registered');
  });

  test('of everybody are bounded, and the refusal says so', async () => {
    const answers = await registerMany(250, number => `203.0.113.${number}`);
    expect(answers.find(answer => answer !== 'registered')).toMatch(
      /^429 .*registrations from all addresses/,
    );
  });
});
