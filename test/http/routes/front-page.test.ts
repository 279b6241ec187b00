import { expect, test } from 'vitest';
import { startServer } from '../../support/start.ts';

const SIGN_IN = {
  SIGN_IN: 'key',
  SIGN_IN_SECRET: 's'.repeat(8).padEnd(40, 'abcdefgh'),
  PUBLIC_URL: 'http://127.0.0.1:3000',
};
const SHARED = {
  PARTOO_API_KEY: 'a-key-of-the-server',
  ACCESS_TOKEN: 'an-access-token-of-32-characters-or-more',
};

test.each([
  ['with keys of their own, a header for the key', {}, /--header "x-APIKey: YOUR_PARTOO_KEY"/, /BEARER/],
  ['with sign-in, only the URL', SIGN_IN, /partoo http:\/\/127\.0\.0\.1:\d+\/mcp</, /--header/],
  [
    'who share a key, a header for the access token',
    SHARED,
    /Authorization: Bearer YOUR_ACCESS_TOKEN/,
    /KEY/,
  ],
  [
    'on the machine of a key for all, only the URL',
    { PARTOO_API_KEY: SHARED.PARTOO_API_KEY },
    /partoo http:\/\/127\.0\.0\.1:\d+\/mcp</,
    /--header/,
  ],
])('the front page shows callers %s', async (_, env, shown, hidden) => {
  const server = await startServer('http://127.0.0.1:1/v2', env);
  const page = await (await fetch(server.origin)).text();
  expect(page).toMatch(shown);
  expect(page).not.toMatch(hidden);
  expect(page).not.toContain('a-key-of-the-server');
  await server.close();
});
