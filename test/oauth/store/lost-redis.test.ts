import { afterAll, beforeAll, expect, test } from 'vitest';
import { post } from '../../support/post.ts';
import { type RedisProcess, startRedis } from '../../support/redis-process.ts';
import {
  authorizationUrl,
  connect,
  exchange,
  pkce,
  refresh,
  register,
  registered,
  type SignInPair,
  signIn,
  startSignIn,
} from '../../support/sign-in.ts';

let redis: RedisProcess;
let server: SignInPair;
beforeAll(async () => {
  redis = await startRedis({ appendonly: true });
  server = await startSignIn({ REDIS_URL: redis.url });
});
afterAll(async () => {
  await server?.close();
  await redis?.stop();
});

test('without Redis sign-in asks to wait, tokens go on, and afterwards everything does', async () => {
  const { origin } = server;
  const { client, tokens } = await connect(origin);
  const { verifier, challenge } = pkce();
  const begun = await signIn(authorizationUrl(origin, client, { code_challenge: challenge }));
  const code = begun.searchParams.get('code') ?? '';
  const call = { method: 'tools/call', params: { name: 'search_businesses', arguments: { per_page: 1 } } };
  const list = () => post(server.url, call, { authorization: `Bearer ${tokens.access_token}` });
  expect((await list()).status).toBe(200);

  await redis.kill();
  const url = authorizationUrl(origin, client, { code_challenge: challenge });
  for (const refused of [
    await refresh(origin, client, tokens.refresh_token),
    await exchange(origin, client, code, verifier),
    await register(origin),
    await fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } }),
  ]) {
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const body = await refused.text();
    expect(body).toMatch(/temporarily_unavailable|Sign-in is unavailable/);
    expect(body).not.toMatch(/Redis|ECONN|\.ts/);
  }
  expect((await list()).status).toBe(200);
  expect((await fetch(`${origin}/.well-known/oauth-authorization-server`)).status).toBe(200);

  await redis.restart();
  await expect.poll(async () => (await register(origin)).status).toBe(201);
  // Neither the code nor the refresh token was used up by the refused requests.
  expect((await exchange(origin, client, code, verifier)).status).toBe(200);
  expect((await refresh(origin, client, tokens.refresh_token)).status).toBe(200);
  await connect(origin, { client: await registered(origin) });
});
