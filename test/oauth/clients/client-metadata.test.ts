import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  authorizationUrl,
  Browser,
  register,
  registered,
  type SignInPair,
  startSignIn,
} from '../../support/sign-in.ts';

let server: SignInPair;
beforeAll(async () => {
  server = await startSignIn({ TRUST_PROXY: 'true' });
});
afterAll(() => server.close());

let count = 0;
/** Registers from an address of its own, so that no test uses up the budget of another. */
const registerFrom = (metadata: object, address = `198.51.100.${++count}`) =>
  fetch(`${server.origin}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(metadata),
  });

const metadataOf = async (metadata: object) => {
  const response = await registerFrom(metadata);
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, ...body };
};

describe('registrations of real clients', () => {
  test.each([
    [
      'Claude',
      {
        client_name: 'Claude',
        redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        scope: 'partoo:read',
        application_type: 'web',
      },
    ],
    [
      'Cursor',
      {
        client_name: 'Cursor',
        redirect_uris: [
          'cursor://anysphere.cursor-mcp/oauth/callback',
          'https://www.cursor.com/agents/mcp/oauth/callback',
          'http://localhost:8787/callback',
        ],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'none',
        application_type: 'native',
      },
    ],
    [
      'VS Code',
      {
        client_name: 'Visual Studio Code',
        client_uri: 'https://code.visualstudio.com',
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        response_types: ['code'],
        redirect_uris: ['https://vscode.dev/redirect', 'http://127.0.0.1/', 'http://localhost:33418/'],
        scope: 'openid profile',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
      },
    ],
    ['a client that sends what it must only', { redirect_uris: ['https://client.example/callback'] }],
    [
      'a client with much that means nothing here',
      {
        redirect_uris: ['https://client.example/callback'],
        token_endpoint_auth_method: 'client_secret_post',
        logo_uri: 'http://client.example/logo.png',
        client_uri: 'not a URL',
        tos_uri: 'ftp://client.example',
        contacts: ['nobody'],
        software_id: 'x',
        id_token_signed_response_alg: 'RS256',
        subject_type: 'pairwise',
        sector_identifier_uri: 'https://10.0.0.1/uris.json',
        default_max_age: 5,
        require_auth_time: true,
      },
    ],
  ])('%s', async (_who, metadata) => {
    const client = await metadataOf(metadata);
    expect(client).toMatchObject({
      status: 201,
      client_id: expect.stringMatching(/^[\w-]{20,}$/),
      redirect_uris: metadata.redirect_uris,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    });
    expect(client).not.toHaveProperty('sector_identifier_uri');
    expect(client).not.toHaveProperty('scope');
  });
});

describe('redirect URIs', () => {
  test.each([
    'https://client.example/callback?with=parameters',
    'https://client.example:8443/callback',
    'http://127.0.0.1:1234/callback',
    'http://localhost/callback',
    'http://[::1]:1234/callback',
    'vscode://vscode.github-authentication/did-authenticate',
    'com.example.app:/oauth2redirect',
    'myapp://callback',
  ])('may be %s', async uri => {
    expect(await metadataOf({ redirect_uris: [uri] })).toMatchObject({ status: 201 });
  });

  test.each([
    'http://client.example/callback',
    'http://127.0.0.1.evil.example/callback',
    'http://192.168.0.1/callback',
    'javascript:alert(1)',
    'JavaScript://client.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https://client.example/1',
    'view-source:https://client.example',
    'ms-settings:privacy',
    'search-ms:query=x',
    'mailto:someone@client.example',
    'ftp://client.example/callback',
    'ws://client.example/callback',
    'https://client.example/callback#fragment',
    'https://user:password@client.example/callback',
    '/callback',
    '',
    `https://client.example/${'x'.repeat(3_000)}`,
  ])('may not be %s', async uri => {
    expect(await metadataOf({ redirect_uris: [uri] })).toMatchObject({
      status: 400,
      error: expect.stringMatching(/^invalid_(redirect_uri|client_metadata)$/),
    });
  });

  test.each([
    ['none', undefined],
    ['an empty list', []],
    ['no list', 'https://client.example/callback'],
    ['an object', [{}]],
    ['too many', Array.from({ length: 21 }, (_, index) => `https://client.example/${index}`)],
  ])('may not be %s', async (_what, redirect_uris) => {
    expect(await metadataOf({ redirect_uris })).toMatchObject({ status: 400 });
  });

  test('on loopback work with any port', async () => {
    const client = await registered(server.origin, { redirect_uris: ['http://127.0.0.1:1/callback'] });
    const redirect_uri = 'http://127.0.0.1:45678/callback';
    const { url } = await new Browser().open(
      authorizationUrl(server.origin, client, { redirect_uri, code_challenge: 'c'.repeat(43) }),
      { 'x-test-key': 'demo-admin', 'x-test-scopes': 'partoo:read partoo:reviews' },
    );
    expect(url).toContain(`${redirect_uri}?code=`);
  });
});

describe('the name of a client', () => {
  test.each([
    ['an ordinary name', 'Claude Code (mon-serveur)', 'Claude Code (mon-serveur)'],
    ['several lines', 'Claude\n\n\tby   Anthropic', 'Claude by Anthropic'],
    ['characters that reverse what follows', 'Claude\u202eefas', 'Claudeefas'],
    ['characters that nobody sees', 'Cla\u200bude\u0000', 'Claude'],
    ['a long text', 'x'.repeat(200), `${'x'.repeat(59)}…`],
  ])('with %s is shown on one short line', async (_what, name, shown) => {
    expect(
      await metadataOf({ client_name: name, redirect_uris: ['https://client.example/callback'] }),
    ).toMatchObject({ status: 201, client_name: shown });
  });
});

describe('a registration is refused', () => {
  test.each([
    ['that is no JSON', '{'],
    ['that is a list', '[]'],
    ['that is empty', ''],
    ['that is null', 'null'],
  ])('%s', async (_what, body) => {
    const response = await fetch(`${server.origin}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
  });

  test('for a way to prove itself that this server does not offer', async () => {
    expect(
      await metadataOf({
        redirect_uris: ['https://client.example/callback'],
        token_endpoint_auth_method: 'tls_client_auth',
      }),
    ).toMatchObject({ status: 400, error: 'invalid_client_metadata' });
  });

  test('for keys at a place that nobody vouches for', async () => {
    expect(
      await metadataOf({
        redirect_uris: ['https://client.example/callback'],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks_uri: 'http://client.example/keys.json',
      }),
    ).toMatchObject({ status: 400 });
  });
});

test('nobody can read or change a registration', async () => {
  const { client_id } = await registered(server.origin);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const response = await fetch(`${server.origin}/oauth/register/${client_id}`, { method });
    expect(response.status).toBe(404);
  }
  expect((await register(server.origin)).headers.get('cache-control')).toBe('no-store');
});
