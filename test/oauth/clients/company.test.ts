import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type CompanyProvider,
  companySettings,
  startCompanyProvider,
} from '../../support/company-provider.ts';
import { freePort } from '../../support/free-port.ts';
import { ClientStorage, connectAs, OAUTH_CLIENTS, V2 } from '../../support/oauth-clients.ts';
import { signInAs } from '../../support/person.ts';
import { type SignInServer, startWithPages } from '../../support/sign-in-visitor.ts';
import { IN_LYON } from '../../support/smoke-scenario.ts';

/** Clients of a server with a key of its own, whose people sign in with their company's login. */

const ANA = { sub: 'u-1', email: 'ana@acme.com', email_verified: true, groups: ['marketing'] };
const LYON = { city: 'Lyon' };
const MESSAGE = { conversation_id: 30001, content: 'See you on Saturday' };

let company: CompanyProvider;
let server: SignInServer;
beforeEach(async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  company = await startCompanyProvider({ redirectUri: `${origin}/oauth/callback` });
  server = await startWithPages({
    PORT: `${port}`,
    PUBLIC_URL: origin,
    ...companySettings(company),
    OIDC_WRITE_GROUPS: 'editors',
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
  await company.close();
});

test.each(OAUTH_CLIENTS)(
  '$client calls a tool with the key of the server, in the name of the person',
  async sdk => {
    company.nextPerson({ ...ANA, groups: ['editors'] });
    const storage = new ClientStorage();
    const client = await connectAs(sdk, server.url, storage, {});
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    expect((await client.call('send_message', MESSAGE)).isError).toBe(false);
    expect(server.partoo.requests.at(-1)?.headers['x-apikey']).toBe('demo-admin');
    expect(server.log).toContainEqual(
      expect.objectContaining({ tool: 'send_message', person: 'ana@acme.com' }),
    );
    expect(JSON.stringify(storage), 'the client never sees the key').not.toContain('demo-admin');
    await client.close();
  },
);

test('a person outside the groups that may write is offered tools that read', async () => {
  company.nextPerson(ANA);
  const client = await connectAs(V2, server.url, new ClientStorage(), {});
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names).toContain('list_messages');
  expect(names).not.toContain('send_message');
  await client.close();
});

test('a person of another company is told why, and the client gets nothing', async () => {
  company.nextPerson({ sub: 'u-2', email: 'eve@evil-acme.com', email_verified: true });
  const storage = new ClientStorage();
  await expect(connectAs(V2, server.url, storage, {})).rejects.toThrow('eve@evil-acme.com');
  expect(storage.kept).toBeUndefined();
});

test('a login that is down is named on the page, and the person can try again', async () => {
  const { issuer } = company;
  await company.close();
  const own = await startWithPages({
    SIGN_IN: 'oidc',
    PARTOO_API_KEY: 'demo-admin',
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'partoo-mcp',
    OIDC_ALLOWED_DOMAINS: 'acme.com',
  });
  const storage = new ClientStorage();
  const { connect } = V2.create(own.url, storage);
  await expect(connect()).rejects.toSatisfy(V2.asksForSignIn);
  await expect(signInAs(String(storage.pages[0]), {})).rejects.toThrow('not reachable');
  await own.close();
  company = await startCompanyProvider({ redirectUri: `${server.origin}/oauth/callback` });
});

describe('a sign-in with the company’s login', () => {
  const later = (hours: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });

  test('is refreshed for 12 hours, then the client asks again', async () => {
    company.nextPerson(ANA);
    const storage = new ClientStorage();
    const client = await connectAs(V2, server.url, storage, {});
    later(6);
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    vi.useRealTimers();
    later(11.9);
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    expect(storage.pages).toHaveLength(1);
    vi.useRealTimers();
    later(13);
    await expect(client.call('search_businesses', LYON)).rejects.toSatisfy(V2.asksForSignIn);
    expect(storage.pages).toHaveLength(2);
    await client.close();
  });
});
