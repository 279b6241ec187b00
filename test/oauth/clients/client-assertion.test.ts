import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askWith, assertionOf, registeredWithKey } from '../../support/client-assertion.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import {
  connect,
  type RegisteredClient,
  refresh,
  type SignInPair,
  startSignIn,
} from '../../support/sign-in.ts';

const redisUrl = redisDatabase(5);

describe.skipIf(!redisUrl)('an assertion of a client', () => {
  let server: SignInPair;
  let client: RegisteredClient;
  beforeAll(async () => {
    server = await startSignIn({ REDIS_URL: redisUrl as string });
    client = await registeredWithKey(server.origin);
  });
  afterAll(() => server?.close());

  const ask = async (exp: number) => {
    const response = await askWith(server.origin, await assertionOf(server.origin, client, exp));
    return ((await response.json()) as { error: string }).error;
  };
  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

  test('that expires within minutes is understood', async () => {
    expect(await ask(inSeconds(300))).toBe('invalid_grant');
  });

  test.each([
    ['in an hour', inSeconds(3_600)],
    ['in a million years', inSeconds(1e6 * 31_536_000)],
    ['when no clock can tell', 1e16],
  ])('that expires %s is refused, and Redis stays in use', async (_when, exp) => {
    const { client: other, tokens } = await connect(server.origin);
    expect(await ask(exp)).toBe('invalid_client');
    expect((await refresh(server.origin, other, tokens.refresh_token)).status).toBe(200);
    expect(JSON.stringify(server.log)).not.toContain('Redis');
  });
});
