import { CompactEncrypt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { accessTokenOpener, isAccessToken } from '../../../src/oauth/tokens/access-token.ts';
import { keysFor } from '../../../src/oauth/tokens/secrets.ts';
import { connect, SIGN_IN_SECRET, type SignInPair, startSignIn } from '../../support/sign-in.ts';

const OTHER_SECRET = 'another-secret-of-at-least-32-characters';
const keys = (...secrets: string[]) =>
  keysFor(
    'access tokens',
    secrets.map(secret => `key ${secret}`),
  );

let server: SignInPair;
let token: string;
let here: { issuer: string; audience: string };
beforeAll(async () => {
  server = await startSignIn();
  here = { issuer: server.origin, audience: `${server.origin}/mcp` };
  const scopes = 'partoo:read partoo:reviews';
  token = (await connect(server.origin, { key: 'demo-admin', scopes })).tokens.access_token;
});
afterAll(() => server.close());
afterEach(() => {
  vi.useRealTimers();
});

const open = (text: string, secrets = [SIGN_IN_SECRET], of: object = {}) =>
  accessTokenOpener(keys(...secrets), { ...here, ...of })(text);

test('a token opens with the secret alone: no look-up is needed', async () => {
  expect(await open(token)).toEqual({
    key: 'demo-admin',
    scopes: ['partoo:read', 'partoo:reviews'],
    grantId: expect.any(String),
    clientId: expect.any(String),
    issuedAt: expect.any(Number),
  });
});

test('a token shows nothing of the key', () => {
  const parts = token.split('.').map(part => Buffer.from(part, 'base64url').toString('latin1'));
  expect(JSON.stringify([token, ...parts])).not.toContain('demo-admin');
});

describe('a token is worth nothing', () => {
  test.each([
    ['at another server', { issuer: 'https://other.example', audience: 'https://other.example/mcp' }],
    ['for another resource', { audience: 'https://other.example/mcp' }],
    ['of another issuer', { issuer: 'https://other.example' }],
  ])('%s', async (_what, of) => {
    expect(await open(token, [SIGN_IN_SECRET], of)).toBeUndefined();
  });

  test('after an hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_540_000 });
    expect(await open(token)).toBeDefined();
    vi.setSystemTime(Date.now() + 61_000);
    expect(await open(token)).toBeUndefined();
  });

  test('under another secret', async () => {
    expect(await open(token, [OTHER_SECRET])).toBeUndefined();
  });

  test('with a single character changed', async () => {
    for (let index = 0; index < token.length; index += 7) {
      const other = token[index] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, index) + other + token.slice(index + 1);
      if (changed !== token) expect(await open(changed), String(index)).toBeUndefined();
    }
  });

  test.each(['', '....', 'eyJ.a.b.c.d', 'not a token', 'a'.repeat(100_000)])(
    'as other text: %.20s',
    async text => {
      expect(await open(text)).toBeUndefined();
      expect(isAccessToken(text)).toBe(false);
    },
  );

  test('that someone else sealed with the right algorithm', async () => {
    const claims = { iss: here.issuer, aud: here.audience, exp: 4e9, scope: 'partoo:write', iat: 1 };
    const [{ id, key }] = keys(OTHER_SECRET);
    const [{ id: ownId }] = keys(SIGN_IN_SECRET);
    for (const kid of [id, ownId]) {
      const forged = await new CompactEncrypt(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, typ: 'at+jwt' })
        .encrypt(key);
      expect(isAccessToken(forged)).toBe(true);
      expect(await open(forged)).toBeUndefined();
    }
  });
});

test('a token sealed with an older secret goes on working beside a new one', async () => {
  expect(await open(token, [OTHER_SECRET, SIGN_IN_SECRET])).toMatchObject({ key: 'demo-admin' });
});

test.each(['demo-admin', 'partoo_mcp_abcdefgh', 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', '0a1b2c3d4e5f'])(
  'a bearer credential of another kind is not taken for one: %s',
  text => {
    expect(isAccessToken(text)).toBe(false);
  },
);

test('the tokens of this server are recognized, expired or not', () => {
  expect(isAccessToken(token)).toBe(true);
});
