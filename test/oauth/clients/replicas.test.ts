import { describe, expect, onTestFinished, test } from 'vitest';
import { createEmulator } from '../../../src/partoo-emulator/emulator.ts';
import { companySettings, startCompanyProvider } from '../../support/company-provider.ts';
import { freePort } from '../../support/free-port.ts';
import { ClientStorage, connectAs, OAUTH_CLIENTS, V2 } from '../../support/oauth-clients.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import { startRoundRobin } from '../../support/round-robin.ts';
import { SIGN_IN_SECRET } from '../../support/sign-in.ts';
import { IN_LYON } from '../../support/smoke-scenario.ts';
import { type RunningServer, startServer } from '../../support/start.ts';

const redisUrl = redisDatabase(15);
const ADMIN = { key: 'demo-admin' };
const LYON = { city: 'Lyon' };

describe.skipIf(!redisUrl)('two replicas with one Redis, each asked in turn', () => {
  /** Starts them until the end of the test. */
  async function startReplicas(env: (publicUrl: string) => Promise<Record<string, string>>) {
    const partoo = createEmulator();
    const [partooUrl, port] = await Promise.all([partoo.listen(), freePort()]);
    const publicUrl = `http://127.0.0.1:${port}`;
    const shared = {
      PUBLIC_URL: publicUrl,
      SIGN_IN_SECRET,
      REDIS_URL: redisUrl as string,
      REPLICAS_HINT: '2',
      ...(await env(publicUrl)),
    };
    const ports: number[] = [];
    const replicas: RunningServer[] = [];
    /** Replaces a replica by a new one, which knows nothing but what is in Redis. */
    async function restart(i: number, more: Record<string, string> = {}) {
      await replicas[i]?.close();
      const replica = await startServer(partooUrl, { ...shared, ...more });
      replicas[i] = replica;
      ports[i] = Number(new URL(replica.origin).port);
    }
    await Promise.all([restart(0), restart(1)]);
    const balancer = await startRoundRobin(port, ports);
    onTestFinished(async () => {
      await Promise.all([balancer, ...replicas, partoo].map(each => each.close()));
    });
    let restarts = 0;
    return {
      url: `${publicUrl}/mcp`,
      restart,
      restartTheNext: () => restart(restarts++ % 2),
      restarts: () => restarts,
    };
  }

  const withKeys = async () => ({ SIGN_IN: 'key' });

  test.each(OAUTH_CLIENTS)('$client signs in while one of them restarts, then the other one', async sdk => {
    const { url, restartTheNext, restarts } = await startReplicas(withKeys);
    const person = { ...ADMIN, hesitates: restartTheNext };
    const client = await connectAs(sdk, url, new ClientStorage(), person);
    expect(restarts()).toBe(2);
    for (let call = 0; call < 4; call += 1) {
      expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    }
    await client.close();
  });

  test('a person comes back from the company’s login to replicas that have restarted', async () => {
    const { url, restartTheNext } = await startReplicas(async publicUrl => {
      const company = await startCompanyProvider({ redirectUri: `${publicUrl}/oauth/callback` });
      onTestFinished(() => company.close());
      company.nextPerson({ sub: 'u-1', email: 'ana@acme.com', email_verified: true });
      return {
        ...companySettings(company),
      };
    });
    const client = await connectAs(V2, url, new ClientStorage(), { hesitates: restartTheNext });
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    await client.close();
  });

  test.each(OAUTH_CLIENTS)('$client goes on after a restart of both, and refreshes', async sdk => {
    const { url, restart } = await startReplicas(withKeys);
    const storage = new ClientStorage();
    const client = await connectAs(sdk, url, storage, ADMIN);
    await Promise.all([restart(0), restart(1)]);
    expect((await client.call('search_businesses', LYON)).structured).toMatchObject(IN_LYON);
    storage.expireToken();
    const results = await Promise.all([1, 2, 3, 4].map(() => client.call('search_businesses', LYON)));
    for (const { structured } of results) expect(structured).toMatchObject(IN_LYON);
    expect(storage.pages).toHaveLength(1);
    await client.close();
  });

  test('a new secret is rolled out replica by replica without a new sign-in', async () => {
    const { url, restart } = await startReplicas(withKeys);
    const storage = new ClientStorage();
    const client = await connectAs(V2, url, storage, ADMIN);
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
