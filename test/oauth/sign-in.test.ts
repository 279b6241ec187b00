import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALL_SCOPES, connect, refresh, type SignInPair, startSignIn } from '../support/sign-in.ts';

let server: SignInPair;
beforeAll(async () => {
  server = await startSignIn();
});
afterAll(() => server.close());

test('a client that registers itself gets a token for what the person allowed, and refreshes it', async () => {
  const { client, tokens } = await connect(server.origin);
  expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: ALL_SCOPES });
  const again = await refresh(server.origin, client, tokens.refresh_token);
  expect(await again.json()).toMatchObject({ scope: ALL_SCOPES, refresh_token: expect.any(String) });
});
