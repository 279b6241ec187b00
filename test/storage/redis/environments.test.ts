import { Redis } from 'ioredis';
import { describe, expect, inject, test } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';
import { createEmulator } from '../../../src/partoo-emulator/emulator.ts';
import { connectPlain, errorIn } from '../../support/clients.ts';
import { everythingIn } from '../../support/redis-contents.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import { type RunningServer, startServer } from '../../support/start.ts';

const single = redisDatabase(12);

describe.each([
  { kind: 'Redis', url: single },
  { kind: 'Redis Cluster', url: inject('redisClusterUrl') },
])('two servers on one $kind', ({ url }) => {
  const given = test.skipIf(url === undefined);
  const LIMIT = { RATE_LIMIT_PER_MINUTE: '2', RATE_LIMIT_MAX_WAIT_MS: '0', REDIS_URL: url as string };

  /** One search uses up the organization's limit of two: looking up the key is the other request. */
  async function useUp(server: RunningServer) {
    const client = await connectPlain(server.url, { 'x-APIKey': 'demo-admin' });
    return client.call('search_businesses');
  }

  given('share the limit within an environment, and not between two', async () => {
    const partoo = createEmulator();
    const at = await partoo.listen();
    // A fresh environment, apart from what other tests have left in the cluster.
    const production = { ...LIMIT, PARTOO_BASE_URL: `https://${crypto.randomUUID()}.example/v2` };
    const servers = await Promise.all([
      startServer(at, production),
      startServer(at, production),
      startServer(at, { ...LIMIT, PARTOO_BASE_URL: `https://${crypto.randomUUID()}.example/v2` }),
    ]);
    const [one, replica, other] = servers as [RunningServer, RunningServer, RunningServer];
    expect((await useUp(one)).isError).toBe(false);
    expect(errorIn(await useUp(replica)).code).toBe('rate_limited');
    expect((await useUp(other)).isError).toBe(false);
    await Promise.all([...servers.map(server => server.close()), partoo.close()]);
  });
});

test.skipIf(!single)('every Redis key starts with the environment', async () => {
  const url = redisDatabase(13) as string;
  const redis = new Redis(url);
  await redis.flushdb();
  const partoo = createEmulator();
  const server = await startServer(await partoo.listen(), { REDIS_URL: url, PARTOO_ENV: 'sandbox' });
  for (const key of ['demo-admin', 'demo-revoked']) {
    const client = await connectPlain(server.url, { 'x-APIKey': key });
    await client.call('search_businesses');
    await client.call('send_message', { conversation_id: 30001, content: 'Hello' });
  }
  const names = await redis.keys('*');
  expect(names.length).toBeGreaterThan(4);
  expect(names.filter(name => !name.startsWith('partoo-mcp:sandbox:'))).toEqual([]);
  expect(await everythingIn(url)).toContain('partoo-mcp:sandbox:bad-keys:');
  redis.disconnect();
  await Promise.all([server.close(), partoo.close()]);
});

test.each([
  [{}, 'production'],
  [{ PARTOO_ENV: 'sandbox' }, 'sandbox'],
  [{ PARTOO_ENV: 'demo' }, 'demo'],
  [{ PARTOO_BASE_URL: 'https://api.sandbox.partoo.co/v2' }, 'sandbox'],
  [{ PARTOO_BASE_URL: 'https://API.partoo.co:443/v2/' }, 'production'],
])('%j is the environment %s', (env, environment) => {
  expect(readConfig(env).environment).toBe(environment);
});

test('each custom base URL is an environment of its own, the same after a restart', () => {
  const of = (PARTOO_BASE_URL: string) => readConfig({ PARTOO_BASE_URL }).environment;
  expect(of('https://gateway.example/v2')).toMatch(/^custom-[0-9a-f]{12}$/);
  expect(of('https://gateway.example/v2')).toBe(of('https://Gateway.example/v2/'));
  expect(of('https://gateway.example/v2')).not.toBe(of('https://other.example/v2'));
});
