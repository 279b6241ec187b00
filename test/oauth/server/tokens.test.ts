import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  authorizationUrl,
  CALLBACK,
  connect,
  exchange,
  pkce,
  postForm,
  type RegisteredClient,
  refresh,
  registered,
  type SignInPair,
  signIn,
  startSignIn,
  type TokenResponse,
} from '../../support/sign-in.ts';

let server: SignInPair;
let client: RegisteredClient;
beforeAll(async () => {
  server = await startSignIn();
  client = await registered(server.origin);
});
afterAll(() => server.close());
afterEach(() => {
  vi.useRealTimers();
});

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Moves the clock of the server, which runs in this process. */
const passTime = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

/** Returns a code, and the verifier that goes with it. */
async function newCode(of = client, parameters = {}): Promise<{ code: string; verifier: string }> {
  const { verifier, challenge } = pkce();
  const end = await signIn(authorizationUrl(server.origin, of, { code_challenge: challenge, ...parameters }));
  return { code: end.searchParams.get('code') ?? '', verifier };
}

const errorOf = async (response: Response) => ((await response.json()) as { error: string }).error;
const tokensOf = async (response: Response) => {
  expect(response.status).toBe(200);
  return (await response.json()) as TokenResponse;
};

describe('a code', () => {
  test('works once; its second use ends the connection, since someone else may have it', async () => {
    const { code, verifier } = await newCode();
    const tokens = await tokensOf(await exchange(server.origin, client, code, verifier));
    expect(await errorOf(await exchange(server.origin, client, code, verifier))).toBe('invalid_grant');
    expect(await errorOf(await refresh(server.origin, client, tokens.refresh_token))).toBe('invalid_grant');
  });

  test('used twice at once gives tokens to one at most', async () => {
    const { code, verifier } = await newCode();
    const both = await Promise.all([1, 2].map(() => exchange(server.origin, client, code, verifier)));
    expect(both.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const response of both.filter(({ status }) => status !== 200)) {
      expect(await errorOf(response)).toBe('invalid_grant');
    }
  });

  test('is worth nothing to another client', async () => {
    const { code, verifier } = await newCode();
    const other = await registered(server.origin);
    expect(await errorOf(await exchange(server.origin, other, code, verifier))).toBe('invalid_grant');
  });

  test.each([
    ['with another verifier', { code_verifier: pkce().verifier }],
    ['without a verifier', { code_verifier: '' }],
    ['with the challenge as its verifier', 'challenge'],
    ['with another redirect URI', { redirect_uri: 'https://client.example/other' }],
    ['without the redirect URI', { redirect_uri: '' }],
    ['for another resource', { resource: 'https://other.example/mcp' }],
  ])('is worth nothing %s', async (_what, more) => {
    const { verifier, challenge } = pkce();
    const end = await signIn(authorizationUrl(server.origin, client, { code_challenge: challenge }));
    const code = end.searchParams.get('code') ?? '';
    const changed = more === 'challenge' ? { code_verifier: challenge } : (more as object);
    const response = await exchange(server.origin, client, code, verifier, changed);
    expect(response.status).toBe(400);
    expect(await response.json()).not.toHaveProperty('access_token');
  });

  test('expires within minutes', async () => {
    const { code, verifier } = await newCode();
    passTime(2 * MINUTE_MS);
    expect(await errorOf(await exchange(server.origin, client, code, verifier))).toBe('invalid_grant');
  });

  test('may name the resource again, spelt as before', async () => {
    const resource = `${server.origin}/mcp/`;
    const { code, verifier } = await newCode(client, { resource });
    await tokensOf(await exchange(server.origin, client, code, verifier, { resource }));
  });
});

describe('a refresh token', () => {
  test('is replaced with each use', async () => {
    const { tokens } = await connect(server.origin, { client });
    const next = await tokensOf(await refresh(server.origin, client, tokens.refresh_token));
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    await tokensOf(await refresh(server.origin, client, next.refresh_token));
  });

  test('used twice at once works twice, and both connections go on', async () => {
    const { tokens } = await connect(server.origin, { client });
    const both = await Promise.all(
      [1, 2].map(async () => tokensOf(await refresh(server.origin, client, tokens.refresh_token))),
    );
    for (const { refresh_token } of both) await tokensOf(await refresh(server.origin, client, refresh_token));
  });

  test('works again when its response was lost', async () => {
    const { tokens } = await connect(server.origin, { client });
    await refresh(server.origin, client, tokens.refresh_token);
    passTime(20_000);
    await tokensOf(await refresh(server.origin, client, tokens.refresh_token));
  });

  test('used again and again within the window makes few tokens, and the connection goes on', async () => {
    const { tokens } = await connect(server.origin, { client });
    const uses = await Promise.all(
      Array.from({ length: 20 }, () => refresh(server.origin, client, tokens.refresh_token)),
    );
    const refused = uses.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(14);
    for (const response of refused) {
      expect(response.status).toBe(429);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      // Clients give up their tokens on any other error.
      expect(await errorOf(response)).toBe('temporarily_unavailable');
    }
    const { refresh_token } = await tokensOf(uses.find(({ status }) => status === 200) as Response);
    await tokensOf(await refresh(server.origin, client, refresh_token));
  });

  test('is exchanged 60 times an hour at most in one connection; others go on', async () => {
    const { tokens } = await connect(server.origin, { client });
    let { refresh_token } = tokens;
    for (let use = 0; use < 60; use++) {
      ({ refresh_token } = await tokensOf(await refresh(server.origin, client, refresh_token)));
    }
    const refused = await refresh(server.origin, client, refresh_token);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    const other = await connect(server.origin, { client });
    await tokensOf(await refresh(server.origin, client, other.tokens.refresh_token));
  });

  test('used again later ends the connection, since someone else may have it', async () => {
    const { tokens } = await connect(server.origin, { client });
    const next = await tokensOf(await refresh(server.origin, client, tokens.refresh_token));
    passTime(20_000);
    // A use within the window does not make the window longer.
    await tokensOf(await refresh(server.origin, client, tokens.refresh_token));
    passTime(15_000);
    expect(await errorOf(await refresh(server.origin, client, tokens.refresh_token))).toBe('invalid_grant');
    expect(await errorOf(await refresh(server.origin, client, next.refresh_token))).toBe('invalid_grant');
  });

  test('is worth nothing to another client', async () => {
    const { tokens } = await connect(server.origin, { client });
    const other = await registered(server.origin);
    expect(await errorOf(await refresh(server.origin, other, tokens.refresh_token))).toBe('invalid_grant');
    await tokensOf(await refresh(server.origin, client, tokens.refresh_token));
  });

  test('gives no scope that the person did not give, and fewer if asked', async () => {
    const scopes = 'partoo:read partoo:reviews partoo:posts';
    const { tokens } = await connect(server.origin, { client, scopes });
    const more = await refresh(server.origin, client, tokens.refresh_token, { scope: 'partoo:write' });
    expect(await errorOf(more)).toBe('invalid_scope');
    const less = await refresh(server.origin, client, tokens.refresh_token, {
      scope: 'partoo:read partoo:posts',
    });
    expect(await tokensOf(less)).toMatchObject({ scope: 'partoo:read partoo:posts' });
  });

  test('used every week lives for 90 days, and no longer', async () => {
    const { tokens } = await connect(server.origin, { client });
    let { refresh_token } = tokens;
    for (let day = 7; day < 90; day += 7) {
      passTime(7 * DAY_MS);
      ({ refresh_token } = await tokensOf(await refresh(server.origin, client, refresh_token)));
    }
    passTime(6 * DAY_MS - 20 * MINUTE_MS);
    const last = await tokensOf(await refresh(server.origin, client, refresh_token));
    expect(last.expires_in, 'the access token ends with it').toBeLessThanOrEqual(20 * 60);
    passTime(21 * MINUTE_MS);
    expect(await errorOf(await refresh(server.origin, client, last.refresh_token))).toBe('invalid_grant');
  });

  test('that nobody uses expires after 30 days', async () => {
    const { tokens } = await connect(server.origin, { client });
    passTime(31 * DAY_MS);
    expect(await errorOf(await refresh(server.origin, client, tokens.refresh_token))).toBe('invalid_grant');
  });

  test('is given to no client that says it cannot use one', async () => {
    const once = await registered(server.origin, { grant_types: ['authorization_code'] });
    const { tokens } = await connect(server.origin, { client: once });
    expect(tokens.refresh_token).toBeUndefined();
  });
});

describe('revocation', () => {
  const revoke = (by: RegisteredClient, token: string) =>
    postForm(`${server.origin}/oauth/revoke`, { client_id: by.client_id, token });

  test('of a refresh token ends the connection', async () => {
    const { tokens } = await connect(server.origin, { client });
    const next = await tokensOf(await refresh(server.origin, client, tokens.refresh_token));
    expect((await revoke(client, next.refresh_token)).status).toBe(200);
    expect(await errorOf(await refresh(server.origin, client, next.refresh_token))).toBe('invalid_grant');
    expect(await errorOf(await refresh(server.origin, client, tokens.refresh_token))).toBe('invalid_grant');
  });

  test('of an access token ends the connection too, at the word of its own client only', async () => {
    const { tokens } = await connect(server.origin, { client });
    await revoke(await registered(server.origin), tokens.access_token);
    const next = await tokensOf(await refresh(server.origin, client, tokens.refresh_token));
    expect((await revoke(client, tokens.access_token)).status).toBe(200);
    expect(await errorOf(await refresh(server.origin, client, next.refresh_token))).toBe('invalid_grant');
  });

  test('by another client changes nothing', async () => {
    const { tokens } = await connect(server.origin, { client });
    await revoke(await registered(server.origin), tokens.refresh_token);
    await tokensOf(await refresh(server.origin, client, tokens.refresh_token));
  });

  test('of an unknown token is no error', async () => {
    expect((await revoke(client, 'unknown')).status).toBe(200);
  });
});

describe('a client with a secret', () => {
  test.each(['client_secret_post', 'client_secret_basic'])('must prove it (%s)', async method => {
    const confidential = await registered(server.origin, { token_endpoint_auth_method: method });
    const { client_id, client_secret = '' } = confidential;
    const { code, verifier } = await newCode(confidential);
    const fields = {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: CALLBACK,
    };
    const send = (secret: string) =>
      method === 'client_secret_post'
        ? postForm(`${server.origin}/oauth/token`, { ...fields, client_id, client_secret: secret })
        : postForm(`${server.origin}/oauth/token`, fields, {
            authorization: `Basic ${Buffer.from(`${client_id}:${secret}`).toString('base64')}`,
          });
    const without = await postForm(`${server.origin}/oauth/token`, { ...fields, client_id });
    expect(await errorOf(without)).toBe('invalid_client');
    expect(await errorOf(await send('wrong'))).toBe('invalid_client');
    await tokensOf(await send(client_secret));
  });
});

describe('the Partoo key behind a connection', () => {
  test('that Partoo rejects ends it, at the exchange', async () => {
    const { verifier, challenge } = pkce();
    const url = authorizationUrl(server.origin, client, { code_challenge: challenge });
    const code = (await signIn(url, { key: 'demo-revoked' })).searchParams.get('code') ?? '';
    expect(await errorOf(await exchange(server.origin, client, code, verifier))).toBe('invalid_grant');
  });

  test('that Partoo has revoked since ends it, at the next refresh', async () => {
    const { tokens } = await connect(server.origin, { client, key: 'demo-manager' });
    server.partoo.faults.add({ path: /\/user\/me$/, kind: 'status', status: 401 });
    passTime(2 * 60 * MINUTE_MS);
    expect(await errorOf(await refresh(server.origin, client, tokens.refresh_token))).toBe('invalid_grant');
    passTime(5 * MINUTE_MS);
    expect(await errorOf(await refresh(server.origin, client, tokens.refresh_token))).toBe('invalid_grant');
  });

  test('that Partoo cannot check now does not end it', async () => {
    const { tokens } = await connect(server.origin, { client, key: 'demo-other' });
    server.partoo.faults.add({ path: /\/user\/me$/, kind: 'status', status: 500, times: 100 });
    passTime(2 * 60 * MINUTE_MS);
    await tokensOf(await refresh(server.origin, client, tokens.refresh_token));
  });
});
