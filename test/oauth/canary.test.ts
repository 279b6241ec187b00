import { describe, expect, test } from 'vitest';
import { everythingIn } from '../support/redis-contents.ts';
import { redisDatabase } from '../support/redis-database.ts';
import {
  authorizationUrl,
  Browser,
  exchange,
  pkce,
  postForm,
  refresh,
  registered,
  SIGN_IN_SECRET,
  startSignIn,
  type TokenResponse,
} from '../support/sign-in.ts';

const redisUrl = redisDatabase(10);
const KEY = 'demo-manager';

describe.skipIf(!redisUrl)('key, tokens, code and secrets of a sign-in', () => {
  test('are nowhere in Redis in clear, nor in the log; the key is in no URL', async () => {
    const server = await startSignIn({ REDIS_URL: redisUrl as string, LOG_LEVEL: 'trace' });
    const { origin } = server;
    const client = await registered(origin, { token_endpoint_auth_method: 'client_secret_post' });
    const { client_secret = '' } = client;
    const { verifier, challenge } = pkce();
    const browser = new Browser();
    const person = { 'x-test-key': KEY, 'x-test-scopes': 'partoo:read partoo:reviews' };
    const { url } = await browser.open(
      authorizationUrl(origin, client, { code_challenge: challenge }),
      person,
    );
    const stored = [await everythingIn(redisUrl as string)];
    const code = new URL(url).searchParams.get('code') ?? '';
    const exchanged = await exchange(origin, client, code, verifier, { client_secret });
    const tokens = (await exchanged.json()) as TokenResponse;
    stored.push(await everythingIn(redisUrl as string));
    const refreshed = await refresh(origin, client, tokens.refresh_token, { client_secret });
    const next = (await refreshed.json()) as TokenResponse;
    stored.push(await everythingIn(redisUrl as string));
    // Errors are logged more fully.
    await exchange(origin, client, code, 'wrong', { client_secret });
    await exchange(origin, client, code, verifier, { client_secret: `${client_secret}-wrong` });
    await refresh(origin, client, `${next.refresh_token}-wrong`, { client_secret });
    const { client_id } = client;
    await postForm(`${origin}/oauth/revoke`, { client_id, client_secret, token: next.refresh_token });
    stored.push(await everythingIn(redisUrl as string));
    await server.close();

    const secrets = {
      key: KEY,
      code,
      verifier,
      client_secret,
      access_token: tokens.access_token,
      refresh_token: tokens.refresh_token,
      next_refresh_token: next.refresh_token,
      SIGN_IN_SECRET,
    };
    expect(stored[0]).toContain('oauth:');
    const places = { stored: stored.join('\n'), log: JSON.stringify(server.log) };
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length, name).toBeGreaterThan(10);
      for (const [place, text] of Object.entries(places)) {
        expect(text.includes(secret), `${name} in ${place}`).toBe(false);
      }
    }
    expect([...browser.visited, url].join('\n')).not.toContain(KEY);
  });
});
