import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  type CompanyProvider,
  companySettings,
  startCompanyProvider,
} from '../../support/company-provider.ts';
import { freePort } from '../../support/free-port.ts';
import { ALL_SCOPES, CALLBACK, exchange } from '../../support/sign-in.ts';
import {
  authorization,
  type Fields,
  type SignInServer,
  startWithPages,
  Visitor,
  wordsOf,
} from '../../support/sign-in-visitor.ts';

const ANA = { sub: 'u-1', email: 'ana@acme.com', email_verified: true, groups: ['sales', 'editors'] };
const BEN = { sub: 'u-2', email: 'ben@acme.com', email_verified: true, groups: ['sales'] };
const EVE = { sub: 'u-3', email: 'eve@evil.example', email_verified: true, groups: [] };
const ALLOW_ALL: Fields = {
  decision: 'allow',
  permission: 'write',
  toolset: ['businesses', 'reviews', 'messages', 'posts', 'analytics', 'account'],
};

describe("a sign-in with the company's login", () => {
  let company: CompanyProvider;
  let server: SignInServer;
  beforeAll(async () => {
    const port = await freePort();
    company = await startCompanyProvider({ redirectUri: `http://127.0.0.1:${port}/oauth/callback` });
    server = await startWithPages({
      PORT: `${port}`,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ...companySettings(company),
      OIDC_WRITE_GROUPS: 'editors',
    });
  });
  afterAll(() => Promise.all([server?.close(), company?.close()]));

  async function start(person: Parameters<CompanyProvider['nextPerson']>[0], language = 'en') {
    company.nextPerson(person);
    const { client, verifier, url } = await authorization(server.origin);
    const visitor = new Visitor({ language });
    const page = await visitor.open(url);
    const [, link = ''] = /<a class="button primary" href="([^"]+)"/.exec(page.body) ?? [];
    const continued = () => visitor.open(new URL(link, page.url).href);
    const tokensFor = async ({ url: end }: { url: string }) =>
      (await exchange(server.origin, client, new URL(end).searchParams.get('code') ?? '', verifier)).json();
    return { visitor, page, continued, tokensFor };
  }

  test('first says who asks, then goes to the login, and asks for consent in the name of the person', async () => {
    const { visitor, page, continued, tokensFor } = await start(ANA);
    expect(wordsOf(page)).toContain('Connect Test client to Partoo');
    expect(wordsOf(page)).toContain(`Continue with ${new URL(company.issuer).host}`);
    expect(page.body).not.toContain('type="password"');
    const consent = await continued();
    expect(wordsOf(consent)).toContain('Step 2 of 2 Allow Test client to use Partoo?');
    expect(wordsOf(consent)).toContain('ana@acme.com Use another account');
    const end = await visitor.follow(await visitor.submit(consent, ALLOW_ALL));
    expect(end.url).toContain(CALLBACK);
    expect(await tokensFor(end)).toMatchObject({ scope: ALL_SCOPES });
  });

  test('lets only those write who may', async () => {
    const { visitor, continued, tokensFor } = await start(BEN);
    const consent = await continued();
    expect(wordsOf(consent)).toContain('Your account may read only');
    const end = await visitor.follow(await visitor.submit(consent, ALLOW_ALL));
    expect(await tokensFor(end)).toMatchObject({ scope: ALL_SCOPES.replace('partoo:write ', '') });
  });

  test.each([
    ['en', 'eve@evil.example: This server does not admit addresses of that domain'],
    ['fr', 'eve@evil.example : Ce serveur n’admet pas les adresses de ce domaine'],
  ])('says why somebody is not let in: %s', async (language, words) => {
    const { continued } = await start(EVE, language);
    const refused = await continued();
    expect(refused.status).toBe(403);
    expect(wordsOf(refused)).toContain(words);
  });

  test('goes on after the person cancelled there', async () => {
    const { continued } = await start({ error: 'access_denied' });
    expect(wordsOf(await continued())).toContain('or you cancelled there');
    company.nextPerson(ANA);
    expect(wordsOf(await continued())).toContain('ana@acme.com');
  });

  test('keeps one visit to the login, however often somebody goes there', async () => {
    company.nextPerson(ANA);
    const visitor = new Visitor({ redirectUri: company.issuer });
    const page = await visitor.open((await authorization(server.origin)).url);
    const visits = await Promise.all(Array.from({ length: 5 }, () => visitor.open(`${page.url}/company`)));
    expect(new Set(visits.map(({ url }) => new URL(url).searchParams.get('state'))).size).toBe(1);
    const { url } = await visitor.open(`${page.url}/company?state=a-wrong-one&code=x`);
    expect(url, 'a wrong response ends nothing').toContain(page.url);
    expect((await visitor.open(`${page.url}/company`)).url).toBe(visits[0]?.url);
  });

  test('cannot be finished by another browser, nor with a response that another sign-in got', async () => {
    company.nextPerson(ANA);
    // This browser stops where the login sends it back to, so the response stays unused.
    const mine = new Visitor({ redirectUri: `${server.origin}/oauth/callback` });
    const page = await mine.open((await authorization(server.origin)).url);
    const back = await mine.open(`${page.url}/company`);
    expect(back.url).toContain('/oauth/callback?code=');
    const stranger = await new Visitor().open(back.url);
    expect(stranger.status).toBe(410);
    expect(stranger.url).toContain(`${page.url}/company?`);
    const other = await start(EVE);
    const crossed = `${other.page.url}/company${new URL(back.url).search}`;
    expect(wordsOf(await other.visitor.open(crossed))).toContain('This response belongs to another sign-in');
  });

  test('says so when the login is down', async () => {
    const down = await startWithPages({
      SIGN_IN: 'oidc',
      PARTOO_API_KEY: 'demo-admin',
      OIDC_ISSUER: `http://127.0.0.1:${await freePort()}`,
      OIDC_CLIENT_ID: 'x',
      OIDC_ALLOWED_DOMAINS: 'acme.com',
    });
    onTestFinished(() => down.close());
    const visitor = new Visitor();
    const page = await visitor.open((await authorization(down.origin)).url);
    expect(wordsOf(await visitor.open(`${page.url}/company`))).toContain('is not reachable at the moment');
  });
});
