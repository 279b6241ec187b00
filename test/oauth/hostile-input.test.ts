import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  authorizationUrl,
  CALLBACK,
  postForm,
  type RegisteredClient,
  registered,
  registration,
  type SignInPair,
  startSignIn,
} from '../support/sign-in.ts';

let server: SignInPair;
let client: RegisteredClient;
beforeAll(async () => {
  server = await startSignIn({ TRUST_PROXY: 'true' });
  client = await registered(server.origin);
});
afterAll(() => server.close());
afterEach(() => {
  server.log.length = 0;
});

let count = 0;
/** An address of its own for each request, so that no limit hides what happens. */
const from = () => ({ 'x-forwarded-for': `198.51.${(++count >> 8) & 255}.${count & 255}` });

const failures = () => server.log.filter(line => Number(line.level) >= 50);

const NASTY = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '[object Object]',
  '__proto__',
  'constructor',
  'null',
  '-1',
  '1e400',
  '../../etc/passwd',
  '%',
  '<script>alert(1)</script>',
  '\r\nSet-Cookie: a=b',
  'https://',
  'x'.repeat(3_000),
];
const VALUES: unknown[] = [null, true, 0, -1, 1e308, [], {}, [[]], [null], [{}], { toString: 1 }, ...NASTY];

test.each([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'resource',
  'prompt',
  'response_mode',
  'claims',
  'request',
  'request_uri',
  'ui_locales',
  'login_hint',
  'id_token_hint',
  'max_age',
  'nonce',
  '__proto__',
])('no value of %s makes the authorization endpoint fail', async name => {
  const valid = authorizationUrl(server.origin, client, { code_challenge: 'c'.repeat(43) });
  for (const value of NASTY) {
    const single = new URL(valid);
    single.searchParams.set(name, value);
    const twice = `${single.href}&${name}=2&${name}[]=3`;
    for (const url of [single.href, twice, `${valid}&${name}=%ff%c0%80`]) {
      const response = await fetch(url, { redirect: 'manual', headers: from() });
      expect(response.status, url.slice(0, 500)).toBeLessThan(500);
      const location = new URL(response.headers.get('location') ?? '/', server.origin).href;
      expect(location.startsWith(CALLBACK) || location.startsWith(`${server.origin}/`), location).toBe(true);
      expect(await response.text()).not.toContain('<script>');
    }
  }
  expect(failures()).toEqual([]);
});

test.each([
  'grant_type',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'code',
  'code_verifier',
  'redirect_uri',
  'refresh_token',
  'scope',
  'resource',
  'token',
  'token_type_hint',
])('no value of %s makes the token or the revocation endpoint fail', async name => {
  const forms = [
    { grant_type: 'authorization_code', code: 'c', code_verifier: 'v'.repeat(43), redirect_uri: CALLBACK },
    { grant_type: 'refresh_token', refresh_token: 'r' },
    { token: 't' },
  ];
  for (const value of NASTY) {
    for (const form of forms) {
      const path = 'token' in form ? '/oauth/revoke' : '/oauth/token';
      const fields = { client_id: client.client_id, ...form, [name]: value };
      const response = await postForm(server.origin + path, fields, from());
      expect(response.status, JSON.stringify(fields)).toBeLessThan(500);
    }
  }
  expect(failures()).toEqual([]);
});

test.each([
  'redirect_uris',
  'client_name',
  'client_uri',
  'grant_types',
  'response_types',
  'response_modes',
  'token_endpoint_auth_method',
  'token_endpoint_auth_signing_alg',
  'jwks',
  'jwks_uri',
  'scope',
  'application_type',
  'client_id',
  'client_secret',
  'partoo_mcp',
  'sector_identifier_uri',
  'toString',
])('no value of %s makes a registration fail', async name => {
  for (const value of VALUES) {
    const metadata = { ...registration(), [name]: value };
    const response = await fetch(`${server.origin}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...from() },
      body: JSON.stringify(metadata),
    });
    expect(response.status, JSON.stringify(metadata).slice(0, 500)).toBeLessThan(500);
  }
  expect(failures()).toEqual([]);
});

test('a registration with a prototype in it changes no object of the server', async () => {
  const body = JSON.stringify(registration()).replace(/}$/, ',"__proto__":{"polluted":true}}');
  await fetch(`${server.origin}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...from() },
    body,
  });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('clients that hang up in the middle of a body leave nothing behind', async () => {
  for (let number = 0; number < 20; number++) {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      'POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
        'Content-Length: 100\r\n\r\ngrant_type=refresh',
    );
    await new Promise(resolve => setTimeout(resolve, 5));
    socket.destroy();
  }
  const response = await postForm(`${server.origin}/oauth/token`, { grant_type: 'refresh_token' }, from());
  expect(response.status).toBe(400);
  expect(failures()).toEqual([]);
});

test('bodies that never end hold up their own address only, and no metadata', async () => {
  const slow = await startSignIn({ TRUST_PROXY: 'true' });
  const { hostname, port } = new URL(slow.origin);
  const sockets = Array.from({ length: 30 }, () => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      `POST /oauth/token HTTP/1.1\r\nHost: ${hostname}:${port}\r\nX-Forwarded-For: 198.51.100.1\r\n` +
        'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=',
    );
    return socket;
  });
  const statusFrom = async (address: string) =>
    (await postForm(`${slow.origin}/oauth/token`, { a: 'b' }, { 'x-forwarded-for': address })).status;
  await expect.poll(() => statusFrom('198.51.100.1')).toBe(503);
  expect(await statusFrom('198.51.100.2')).toBe(400);
  const metadata = await fetch(`${slow.origin}/.well-known/oauth-authorization-server`, {
    headers: { 'x-forwarded-for': '198.51.100.1' },
  });
  expect(metadata.status).toBe(200);
  // They are refused, not waited for.
  const answer = await new Promise(resolve => sockets[0]?.once('data', data => resolve(String(data))));
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  for (const socket of sockets) socket.destroy();
  await slow.close();
});
