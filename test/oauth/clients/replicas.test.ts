import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmulator, type PartooEmulator } from '../../../src/partoo-emulator/emulator.ts';
import { freePort } from '../../support/free-port.ts';
import { ClientStorage, connectAs, OAUTH_CLIENTS, V2 } from '../../support/oauth-clients.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import { type RoundRobin, startRoundRobin } from '../../support/round-robin.ts';
import { SIGN_IN_SECRET } from '../../support/sign-in.ts';
import { IN_LYON } from '../../support/smoke-scenario.ts';
import { type RunningServer, startServer } from '../../support/start.ts';

const redisUrl = redisDatabase(15);
const LYON = { city: 'Lyon' };

describe.skipIf(!redisUrl)('two replicas with one Redis, each asked in turn', () => {
  let partoo: PartooEmulator;
  let partooUrl: string;
  let port: number;
  let balancer: RoundRobin;
  const ports: number[] = [];
  const replicas: RunningServer[] = [];

  const startReplica = async (more: Record<string, string> = {}) => {
    const env = {
      SIGN_IN: 'key',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      SIGN_IN_SECRET,
      REDIS_URL: redisUrl as string,
      REPLICAS_HINT: '2',
      ...more,
    };
    return startServer(partooUrl, env);
  };
  /** Replaces a replica by a new one, which knows nothing but what is in Redis. */
  const restart = async (i: number, more: Record<string, string> = {}) => {
    await replicas[i]?.close();
    const replica = await startReplica(more);
    replicas[i] = replica;
    ports[i] = Number(new URL(replica.origin).port);
  };

  beforeAll(async () => {
    partoo = createEmulator();
    [partooUrl, port] = await Promise.all([partoo.listen(), freePort()]);
    await Promise.all([restart(0), restart(1)]);
    balancer = await startRoundRobin(port, ports);
  });
  afterAll(() => Promise.all([balancer, partoo, ...replicas].map(each => each?.close())));

  const url = () => `http://127.0.0.1:${port}/mcp`;

  test.each(OAUTH_CLIENTS)('$client signs in while one of them restarts, then the other one', async sdk => {
    const storage = new ClientStorage();
    let next = 0;
    const hesitates = () => restart(next++ % 2);
    const client = await connectAs(sdk, url(), storage, { key: 'demo-admin', hesitates });
    expect(next).toBe(2);
    for (let call = 0; call < 4; call += 1) {
      expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    }
    await client.close();
  });

  test.each(OAUTH_CLIENTS)('$client goes on after a restart of both, and refreshes', async sdk => {
    const storage = new ClientStorage();
    const client = await connectAs(sdk, url(), storage, { key: 'demo-admin' });
    await Promise.all([restart(0), restart(1)]);
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    storage.expireToken();
    const results = await Promise.all([1, 2, 3, 4].map(() => client.call('search_businesses', LYON)));
    for (const { structured } of results) expect(structured).toMatchObject(IN_LYON);
    expect(storage.pages).toHaveLength(1);
    await client.close();
  });

  test('a new secret is rolled out replica by replica without a new sign-in', async () => {
    const storage = new ClientStorage();
    const client = await connectAs(V2, url(), storage, { key: 'demo-admin' });
    const fresh = 'another-secret-for-sign-in-of-32-characters';
    const rollOut = async (secrets: string) => {
      for (const i of [0, 1]) {
        await restart(i, { SIGN_IN_SECRET: secrets });
        for (let call = 0; call < 2; call += 1) {
          expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
        }
      }
    };
    // First every replica learns to open what the new secret seals, then it seals.
    await rollOut(`${SIGN_IN_SECRET},${fresh}`);
    await rollOut(`${fresh},${SIGN_IN_SECRET}`);
    storage.expireToken();
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    expect(storage.pages).toHaveLength(1);
    await client.close();
  });
});
