import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdapter, keepClient } from '../../../src/oauth/store/adapter.ts';
import { SignInStore } from '../../../src/oauth/store/sign-in-store.ts';
import { MemoryRecords } from '../../../src/storage/records/memory-records.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import {
  authorizationUrl,
  connect,
  exchange,
  pkce,
  refresh,
  registered,
  type SignInPair,
  signIn,
  startSignIn,
} from '../../support/sign-in.ts';
import type { RunningServer } from '../../support/start.ts';

const redisUrl = redisDatabase(8);

describe.skipIf(!redisUrl)('two replicas on one Redis', () => {
  let first: SignInPair;
  let second: RunningServer;
  beforeAll(async () => {
    first = await startSignIn({ REDIS_URL: redisUrl as string, REPLICAS_HINT: '2' });
    second = await first.replica();
  });
  afterAll(async () => {
    await second?.close();
    await first?.close();
  });

  test('give tokens for a code at most once, however many ask at once', async () => {
    const client = await registered(first.origin);
    for (let round = 0; round < 5; round++) {
      const { verifier, challenge } = pkce();
      const end = await signIn(authorizationUrl(first.origin, client, { code_challenge: challenge }));
      const code = end.searchParams.get('code') ?? '';
      const responses = await Promise.all(
        [first, second, first, second].map(({ origin }) => exchange(origin, client, code, verifier)),
      );
      const successes = responses.filter(({ status }) => status === 200);
      expect(successes.length).toBeLessThanOrEqual(1);
      // The connection of a code that was used twice is over.
      for (const success of successes) {
        const { refresh_token } = (await success.json()) as { refresh_token: string };
        const next = await refresh(second.origin, client, refresh_token);
        expect(await next.json()).toMatchObject({ error: 'invalid_grant' });
      }
    }
  });

  test('let two refreshes at once both go on', async () => {
    const { client, tokens } = await connect(first.origin);
    const both = await Promise.all(
      [first, second].map(({ origin }) => refresh(origin, client, tokens.refresh_token)),
    );
    for (const [index, response] of both.entries()) {
      expect(response.status).toBe(200);
      const { refresh_token } = (await response.json()) as { refresh_token: string };
      const other = index === 0 ? second : first;
      expect((await refresh(other.origin, client, refresh_token)).status).toBe(200);
    }
  });

  test('both refuse what one of them has revoked', async () => {
    const { client, tokens } = await connect(first.origin);
    const body = new URLSearchParams({ client_id: client.client_id, token: tokens.refresh_token });
    await fetch(`${first.origin}/oauth/revoke`, { method: 'POST', body });
    const response = await refresh(second.origin, client, tokens.refresh_token);
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('without Redis', () => {
  const small = () => new MemoryRecords(20_000);
  const store = new SignInStore(
    { clients: small(), usedClients: small(), requests: small(), assertions: small(), grants: small() },
    ['a-secret-of-at-least-32-characters'],
  );
  const adapterOf = createAdapter(store);

  test('a flood of assertions pushes out no sign-in in progress', async () => {
    await adapterOf('Interaction').upsert('sign-in', { kind: 'Interaction' }, 60);
    for (let n = 0; n < 500; n++) await adapterOf('ReplayDetection').upsert(`assertion ${n}`, {}, 60);
    expect(await adapterOf('Interaction').find('sign-in')).toBeDefined();
  });

  test('a flood of registrations pushes out no client that has had tokens', async () => {
    const clients = adapterOf('Client');
    for (const id of ['used', 'unused']) await clients.upsert(id, { client_id: id }, 0);
    await keepClient(store, 'used');
    for (let n = 0; n < 500; n++) await clients.upsert(`client ${n}`, { client_id: `client ${n}` }, 0);
    expect(await clients.find('used')).toMatchObject({ client_id: 'used' });
    expect(await clients.find('unused')).toBeUndefined();
  });
});
