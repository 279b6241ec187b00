import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type CompanyLoginOptions,
  createCompanyLogin,
  newPendingLogin,
  type PendingLogin,
  uidIn,
} from '../../../src/oauth/company-login/company-login.ts';
import type { RefusalReason } from '../../../src/oauth/company-login/refusals.ts';
import { Browser } from '../../support/browser.ts';
import { type CompanyProviderOptions, startCompanyProvider } from '../../support/company-provider.ts';
import { freePort } from '../../support/free-port.ts';

const PUBLIC_URL = 'https://mcp.acme.com';
const CALLBACK = `${PUBLIC_URL}/oauth/callback`;
const ANA = { sub: 'u-1', email: 'ana@acme.com', email_verified: true, name: 'Ana Silva' };

const refusedFor = (reason: RefusalReason) => expect.objectContaining({ reason });

type Rules = Partial<CompanyLoginOptions>;

/** A company's login, and this server's side of it. */
async function start(rules: Rules = {}, options: Partial<CompanyProviderOptions> = {}) {
  const provider = await startCompanyProvider({ redirectUri: CALLBACK, ...options });
  onTestFinished(() => provider.close());
  return { provider, ...(await join(provider, rules)) };
}

async function join(
  { issuer, clientId, clientSecret }: { issuer: string; clientId: string; clientSecret: string },
  rules: Rules = {},
) {
  const log: Record<string, unknown>[] = [];
  const write = (fields: object, message: string) => log.push({ ...fields, message });
  const login = await createCompanyLogin(
    {
      redirectUri: CALLBACK,
      issuer,
      clientId,
      clientSecret,
      allowedDomains: ['acme.com'],
      allowedGroups: [],
      groupsClaim: 'groups',
      writeGroups: [],
      ...rules,
    },
    { info: write, warn: write },
  );
  /** Goes to the login and back with a browser of its own. */
  async function visit(): Promise<{ callback: string; pending: PendingLogin }> {
    const pending = newPendingLogin('an-interaction');
    const begun = await login.begin(pending);
    if ('reason' in begun) throw new Error(begun.reason);
    const browser = new Browser(url => url.href.startsWith(CALLBACK));
    const { url, status, body } = await browser.open(begun.url);
    if (status !== 0) throw new Error(`the company's login ended with ${status}: ${body}`);
    return { callback: url, pending };
  }
  async function signIn() {
    const { callback, pending } = await visit();
    return login.finish(callback, pending);
  }
  return { login, log, visit, signIn };
}

/** The response of the login with one parameter replaced, or removed. */
function withParameter(callback: string, name: string, value?: string): string {
  const url = new URL(callback);
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return url.href;
}

describe('a person of the company', () => {
  test('signs in by the email address, and may write', async () => {
    const { provider, signIn } = await start();
    provider.nextPerson(ANA);
    expect(await signIn()).toEqual({ person: 'ana@acme.com', mayWrite: true });
  });

  test('signs in where the login gives claims only as userinfo', async () => {
    const rules = { allowedGroups: ['marketing'], writeGroups: ['admins'] };
    const { provider, signIn } = await start(rules, { thinIdTokens: true });
    provider.nextPerson({ ...ANA, groups: ['marketing'] });
    expect(await signIn()).toEqual({ person: 'ana@acme.com', mayWrite: false });
    provider.nextPerson({ ...ANA, groups: 'sales' });
    expect(await signIn()).toEqual(refusedFor('no_member'));
    provider.nextPerson({ ...ANA, email_verified: false, groups: ['marketing'] });
    expect(await signIn()).toEqual(refusedFor('unverified_email'));
  });

  test('signs in where the login takes the client secret only by Basic', async () => {
    const { provider, signIn } = await start({}, { tokenEndpointAuthMethod: 'client_secret_basic' });
    provider.nextPerson(ANA);
    expect(await signIn()).toHaveProperty('person', 'ana@acme.com');
  });

  test('is sent to the login with PKCE, state, nonce and the redirect URI of PUBLIC_URL', async () => {
    const { provider, login } = await start();
    const pending = newPendingLogin('an-interaction');
    const begun = await login.begin(pending);
    if ('reason' in begun) throw new Error(begun.reason);
    const url = new URL(begun.url);
    expect(url.origin).toBe(provider.issuer);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'partoo-mcp',
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid email profile groups',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(begun.url).not.toContain(pending.codeVerifier);
    expect(uidIn(url.searchParams.get('state'))).toBe('an-interaction');
  });
});

describe('a response of the login', () => {
  const OTHER_SIGN_IN = refusedFor('other_sign_in');

  test('with the state of another browser ends no sign-in', async () => {
    const { provider, login, visit } = await start();
    provider.nextPerson(ANA);
    const [mine, another] = [await visit(), await visit()];
    expect(await login.finish(another.callback, mine.pending)).toEqual(OTHER_SIGN_IN);
    expect(await login.finish(withParameter(mine.callback, 'state'), mine.pending)).toEqual(OTHER_SIGN_IN);
    expect(provider.requests).not.toContain('/token');
  });

  test('with a code that another browser got ends no sign-in', async () => {
    const { provider, login, visit } = await start();
    provider.nextPerson(ANA);
    const [mine, another] = [await visit(), await visit()];
    const injected = new URL(another.callback).searchParams.get('code') as string;
    expect(await login.finish(withParameter(mine.callback, 'code', injected), mine.pending)).toEqual(
      OTHER_SIGN_IN,
    );
  });

  test('with an ID token that has another nonce ends no sign-in', async () => {
    const { provider, login, visit } = await start();
    provider.nextPerson(ANA);
    const { callback, pending } = await visit();
    expect(await login.finish(callback, { ...pending, nonce: 'another' })).toEqual(OTHER_SIGN_IN);
  });

  test('ends one sign-in only', async () => {
    const { provider, login, visit } = await start();
    provider.nextPerson(ANA);
    const { callback, pending } = await visit();
    expect(await login.finish(callback, pending)).toHaveProperty('person');
    expect(await login.finish(callback, pending)).toEqual(OTHER_SIGN_IN);
  });

  test('by another issuer is refused before its code is sent anywhere', async () => {
    const { provider, login, visit } = await start();
    const other = await start();
    other.provider.nextPerson(ANA);
    const { callback } = await other.visit();
    provider.nextPerson(ANA);
    const { callback: own, pending } = await visit();
    const { state } = pending;
    for (const mixedUp of [withParameter(callback, 'state', state), withParameter(own, 'iss')]) {
      expect(await login.finish(mixedUp, pending)).toEqual(OTHER_SIGN_IN);
    }
    expect(provider.requests).not.toContain('/token');
    const code = new URL(callback).searchParams.get('code') as string;
    expect(await login.finish(withParameter(own, 'code', code), pending)).toEqual(OTHER_SIGN_IN);
  });

  test('goes to the registered redirect URI whatever address the browser came to', async () => {
    const { provider, login, visit } = await start();
    provider.nextPerson(ANA);
    const { callback, pending } = await visit();
    const behindProxy = callback.replace(PUBLIC_URL, 'http://10.0.0.7:3000');
    expect(await login.finish(behindProxy, pending)).toHaveProperty('person', 'ana@acme.com');
  });

  test.each<[string, RefusalReason]>([
    ['access_denied', 'denied'],
    ['temporarily_unavailable', 'failed'],
    ['invalid_scope', 'failed'],
  ])('with the error %s is %s', async (error, reason) => {
    const { provider, signIn, log } = await start();
    provider.nextPerson({ error, error_description: 'why, for the operator' });
    expect(await signIn()).toEqual(refusedFor(reason));
    expect(log.at(-1)).toMatchObject({ reason: expect.stringContaining('why, for the operator') });
  });
});

test('without a rule that says who may sign in there is no login', async () => {
  await expect(start({ allowedDomains: [] })).rejects.toThrow('nothing says who may sign in');
});

describe('a login that is down', () => {
  test('keeps no server from starting, and is tried again by the next sign-in', async () => {
    const port = await freePort();
    const client = { issuer: `http://127.0.0.1:${port}`, clientId: 'partoo-mcp', clientSecret: 'a secret' };
    const { login, log } = await join(client);
    expect(log).toEqual([
      {
        issuer: client.issuer,
        reason: expect.stringContaining('ECONNREFUSED'),
        message: expect.stringContaining('cannot be discovered'),
      },
    ]);
    expect(await login.begin(newPendingLogin('an-interaction'))).toEqual(refusedFor('unreachable'));
    const provider = await startCompanyProvider({ redirectUri: CALLBACK, port });
    onTestFinished(() => provider.close());
    expect(await login.begin(newPendingLogin('an-interaction'))).toHaveProperty('url');
  });

  test('while a person signs in there is named as such', async () => {
    const { provider, login, visit, log } = await start();
    provider.nextPerson(ANA);
    const { callback, pending } = await visit();
    await provider.close();
    expect(await login.finish(callback, pending)).toEqual(refusedFor('unreachable'));
    expect(JSON.stringify(log)).not.toContain(new URL(callback).searchParams.get('code'));
  });

  test('is asked once for many sign-ins at the same time', async () => {
    const port = await freePort();
    const client = { issuer: `http://127.0.0.1:${port}`, clientId: 'partoo-mcp', clientSecret: 'a secret' };
    const { login, log } = await join(client);
    await Promise.all(Array.from({ length: 20 }, () => login.begin(newPendingLogin('an-interaction'))));
    expect(log).toHaveLength(2);
  });
});
