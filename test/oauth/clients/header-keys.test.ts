import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS, connectPlain } from '../../support/clients.ts';
import { type SignInServer, startWithPages } from '../../support/sign-in-visitor.ts';
import { IN_LYON } from '../../support/smoke-scenario.ts';

let server: SignInServer;
beforeAll(async () => {
  server = await startWithPages();
});
afterAll(() => server.close());

describe('beside sign-in, a key in a header works', () => {
  const KEY_HEADERS: Record<string, string>[] = [
    { 'x-APIKey': 'demo-admin' },
    { 'x-api-key': 'demo-admin' },
    { 'x-auth-token': 'demo-admin' },
    { Authorization: 'Bearer demo-admin' },
  ];
  test.each(KEY_HEADERS)('%j', async headers => {
    const client = await connectPlain(server.url, headers);
    expect((await client.call('search_businesses', { city: 'Lyon' })).structured).toMatchObject(IN_LYON);
  });

  test.each(CLIENTS)('in $client', async ({ connect }) => {
    const client = await connect(server.url, { 'x-api-key': 'demo-admin' });
    expect((await client.call('search_businesses', { city: 'Lyon' })).structured).toMatchObject(IN_LYON);
    await client.close();
  });
});
