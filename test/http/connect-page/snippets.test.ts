import { expect, test } from 'vitest';
import { openConnectPage, snippetIn } from '../../support/connect-page.ts';
import { SIGN_IN_SECRET } from '../../support/sign-in.ts';

const PUBLIC_URL = 'https://mcp.example.com';
const SERVER_KEY = 'a-key-of-the-server';
const ACCESS_TOKEN = 'an-access-token-of-32-characters-or-more';

test.each([
  ['with keys of their own, a header for the key', {}, /--header "x-APIKey: YOUR_PARTOO_KEY"$/],
  [
    'with sign-in, only the URL',
    { SIGN_IN: 'key', SIGN_IN_SECRET, PUBLIC_URL },
    /partoo https:\/\/mcp\.example\.com\/mcp$/,
  ],
  [
    'who share a key, a header for the access token',
    { PARTOO_API_KEY: SERVER_KEY, ACCESS_TOKEN },
    /--header "Authorization: Bearer YOUR_ACCESS_TOKEN"$/,
  ],
  [
    'on the machine of a key for all, only the URL',
    { PARTOO_API_KEY: SERVER_KEY },
    /partoo http:\/\/127\.0\.0\.1:\d+\/mcp$/,
  ],
])('the page shows callers %s', async (_, env, command) => {
  const { body } = await openConnectPage(env as Record<string, string>);
  expect(snippetIn(body, 'claudeCode')).toMatch(command);
  expect(body).not.toContain(SERVER_KEY);
  expect(body).not.toContain(ACCESS_TOKEN);
});
