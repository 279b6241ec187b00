import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { createCompanyLogin, newPendingLogin } from '../../../src/oauth/company-login/company-login.ts';

const real = await generateKeyPair('ES256');
const another = await generateKeyPair('ES256');

interface TokenParts {
  issuer: string;
  nonce: string;
}

const claimsOf = ({ issuer, nonce }: TokenParts) => ({
  iss: issuer,
  aud: 'partoo-mcp',
  sub: 'u-1',
  email: 'ana@acme.com',
  email_verified: true,
  nonce,
});

const sign = (claims: Record<string, unknown>, { privateKey } = real) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuedAt()
    .setExpirationTime(claims.exp === undefined ? '5m' : (claims.exp as number))
    .sign(privateKey);

type Forge = (parts: TokenParts) => Promise<string | undefined> | string | undefined;

/** Signs in at an issuer whose token endpoint responds with whatever `forge` makes. */
async function signInWith(forge: Forge, userinfo?: Record<string, unknown>) {
  let nonce = '';
  const server = createServer(async (request, response) => {
    const send = (body: object) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration') {
      send({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ['ES256'],
        ...(userinfo && { userinfo_endpoint: `${issuer}/userinfo` }),
      });
    } else if (request.url === '/keys') send({ keys: [await exportJWK(real.publicKey)] });
    else if (request.url === '/userinfo') send(userinfo ?? {});
    else {
      send({ access_token: 'a token', token_type: 'Bearer', id_token: await forge({ issuer, nonce }) });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const silent = { info: () => {}, warn: () => {} };
  const login = await createCompanyLogin(
    {
      redirectUri: 'https://mcp.acme.com/oauth/callback',
      issuer,
      clientId: 'partoo-mcp',
      allowedDomains: ['acme.com'],
      allowedGroups: [],
      groupsClaim: 'groups',
      writeGroups: [],
    },
    silent,
  );
  const pending = newPendingLogin('an-interaction');
  const begun = await login.begin(pending);
  if ('reason' in begun) throw new Error(begun.reason);
  nonce = pending.nonce;
  return login.finish(`/oauth/callback?code=a-code&state=${pending.state}`, pending);
}

test('a token that the issuer signed signs a person in', async () => {
  expect(await signInWith(parts => sign(claimsOf(parts)))).toHaveProperty('person', 'ana@acme.com');
});

const FORGED: [string, Forge][] = [
  ['is signed by another key', parts => sign(claimsOf(parts), another)],
  [
    'is not signed',
    parts => new UnsecuredJWT(claimsOf(parts)).setIssuedAt().setExpirationTime('5m').encode(),
  ],
  ['is for another client', parts => sign({ ...claimsOf(parts), aud: 'another' })],
  [
    'is for several clients, and for none in particular',
    parts => sign({ ...claimsOf(parts), aud: ['partoo-mcp', 'another'] }),
  ],
  ['is of another issuer', parts => sign({ ...claimsOf(parts), iss: 'https://login.evil.example' })],
  ['has expired', parts => sign({ ...claimsOf(parts), exp: 1_700_000_000 })],
  ['has no nonce', parts => sign({ ...claimsOf(parts), nonce: undefined })],
  ['has no subject', parts => sign({ ...claimsOf(parts), sub: undefined })],
  ['is missing', () => undefined],
  ['is larger than any claims', parts => sign({ ...claimsOf(parts), padding: 'x'.repeat(2 ** 20) })],
];

test.each(FORGED)('a token that %s signs nobody in', async (_, forge) => {
  expect(await signInWith(forge)).toHaveProperty('reason');
});

test('userinfo about another person signs nobody in', async () => {
  const withoutEmail: Forge = parts => sign({ ...claimsOf(parts), email: undefined });
  const email = { email: 'ana@acme.com', email_verified: true };
  expect(await signInWith(withoutEmail, { sub: 'u-1', ...email })).toHaveProperty('person');
  expect(await signInWith(withoutEmail, { sub: 'u-2', ...email })).toHaveProperty('reason');
});
