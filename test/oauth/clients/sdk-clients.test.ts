import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { madeEarlier } from '../../support/access-token.ts';
import {
  ClientStorage,
  comeBack,
  connectAs,
  OAUTH_CLIENTS,
  type OAuthClient,
  V1,
  V2,
  V2_LEGACY,
} from '../../support/oauth-clients.ts';
import { type SignInServer, startWithPages } from '../../support/sign-in-visitor.ts';
import { IN_LYON } from '../../support/smoke-scenario.ts';

const ADMIN = { key: 'demo-admin' };
const LYON = { city: 'Lyon' };
const MESSAGE = { conversation_id: 30001, content: 'See you on Saturday' };

let server: SignInServer;
beforeAll(async () => {
  server = await startWithPages();
});
afterAll(() => server.close());

describe.each(OAUTH_CLIENTS)('$client', sdk => {
  test('finds the sign-in by the 401, and calls a tool with the key of the person', async () => {
    const storage = new ClientStorage();
    const client = await connectAs(sdk, server.url, storage, ADMIN);
    expect(storage.pages).toHaveLength(1);
    const [page] = storage.pages;
    expect(page?.origin).toBe(server.origin);
    expect(page?.searchParams.get('resource')).toBe(server.url);
    const found = await client.call('search_businesses', LYON);
    expect(found.structured).toMatchObject(IN_LYON);
    expect((await client.call('send_message', MESSAGE)).isError).toBe(false);
    expect(server.partoo.requests.at(-1)?.headers['x-apikey']).toBe('demo-admin');
    await client.close();
  });

  test('refreshes an expired token without asking the person again', async () => {
    const storage = new ClientStorage();
    const client = await connectAs(sdk, server.url, storage, ADMIN);
    const refreshToken = storage.kept?.refresh_token;
    storage.expireToken();
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    expect(storage.pages).toHaveLength(1);
    expect(storage.kept?.refresh_token, 'rotated').not.toBe(refreshToken);
    await client.close();
  });

  test('refreshes once for calls that fail at the same time, or more often without harm', async () => {
    const storage = new ClientStorage();
    const client = await connectAs(sdk, server.url, storage, ADMIN);
    storage.expireToken();
    const results = await Promise.all([1, 2, 3, 4].map(() => client.call('search_businesses', LYON)));
    for (const { structured } of results) expect(structured).toMatchObject(IN_LYON);
    storage.expireToken();
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    expect(storage.pages).toHaveLength(1);
    await client.close();
  });

  test('asks the person again after a revocation', async () => {
    const storage = new ClientStorage();
    const first = await connectAs(sdk, server.url, storage, ADMIN);
    const revoked = await fetch(`${server.origin}/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({
        token: storage.kept?.refresh_token ?? '',
        client_id: storage.registration?.client_id ?? '',
      }),
    });
    expect(revoked.status).toBe(200);
    await first.close();
    storage.expireToken();
    const second = await connectAs(sdk, server.url, storage, { key: 'demo-manager' });
    expect(storage.pages).toHaveLength(2);
    await second.call('search_businesses', LYON);
    expect(server.partoo.requests.at(-1)?.headers['x-apikey']).toBe('demo-manager');
    await second.close();
  });

  test('asks the person again when Partoo has revoked the key', async () => {
    const own = await startWithPages();
    onTestFinished(() => own.close());
    const storage = new ClientStorage();
    const first = await connectAs(sdk, own.url, storage, { key: 'demo-other' });
    const [path, times] = [/./, Number.POSITIVE_INFINITY];
    own.partoo.faults.add({ kind: 'status', status: 401, key: 'demo-other', path, times });
    await expect(first.call('search_businesses', LYON)).rejects.toSatisfy(sdk.asksForSignIn);
    expect(storage.pages).toHaveLength(2);
    await first.close();
    const second = await connectAs(sdk, own.url, storage, ADMIN);
    expect((await second.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    await second.close();
  });

  test('is offered no tool beyond what the person allowed', async () => {
    const storage = new ClientStorage();
    const person = { ...ADMIN, readonly: true, toolsets: ['reviews', 'messages'] };
    const client = await connectAs(sdk, server.url, storage, person);
    const names = (await client.listTools()).map(({ name }) => name);
    expect(names.toSorted()).toEqual([
      'get_review_metrics',
      'list_conversations',
      'list_messages',
      'search_reviews',
    ]);
    expect(storage.kept?.scope?.split(' ').toSorted()).toEqual([
      'partoo:messages',
      'partoo:read',
      'partoo:reviews',
    ]);
    await expect(client.call('send_message', MESSAGE)).rejects.toThrow('the permissions given at sign-in');
    expect(storage.pages).toHaveLength(1);
    await client.close();
  });
});

describe('a client that calls a tool beyond what the person allowed, some time after the sign-in', () => {
  const READER = { ...ADMIN, readonly: true };

  async function connectEarlier(sdk: OAuthClient) {
    const storage = new ClientStorage();
    await (await connectAs(sdk, server.url, storage, READER)).close();
    if (!storage.kept) throw new Error('the app has no token');
    storage.kept.access_token = await madeEarlier(storage.kept.access_token, 60);
    const unconnected = sdk.create(server.url, storage);
    await unconnected.connect();
    return { storage, ...unconnected };
  }

  test.each([V2, V2_LEGACY])('$client asks the person for more, and calls it', async sdk => {
    const { storage, transport, client } = await connectEarlier(sdk);
    await expect(client.call('send_message', MESSAGE)).rejects.toSatisfy(sdk.asksForSignIn);
    const scope = storage.pages.at(-1)?.searchParams.get('scope')?.split(' ');
    expect(scope).toEqual(expect.arrayContaining(['partoo:read', 'partoo:write', 'partoo:messages']));
    await comeBack(transport, storage, ADMIN);
    expect((await client.call('send_message', MESSAGE)).isError).toBe(false);
    await client.close();
  });

  test.each([V2, V2_LEGACY])('$client gets an error to read when the person allows no more', async sdk => {
    const { storage, transport, client } = await connectEarlier(sdk);
    await expect(client.call('send_message', MESSAGE)).rejects.toSatisfy(sdk.asksForSignIn);
    await comeBack(transport, storage, READER);
    await expect(client.call('send_message', MESSAGE)).rejects.toThrow('the permissions given at sign-in');
    await client.close();
  });

  test('the v1 SDK refreshes instead of asking, and gets an error to read', async () => {
    const { storage, client } = await connectEarlier(V1);
    await expect(client.call('send_message', MESSAGE)).rejects.toThrow('the permissions given at sign-in');
    expect(storage.pages).toHaveLength(1);
    await client.close();
  });
});
