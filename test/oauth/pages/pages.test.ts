import { describe, expect, test } from 'vitest';
import { consentPage, type Owner } from '../../../src/oauth/pages/consent-page.ts';
import { PAGE_HEADERS, type RequestedAccess } from '../../../src/oauth/pages/document.ts';
import { textsFor } from '../../../src/oauth/pages/languages.ts';
import { returnPage } from '../../../src/oauth/pages/notice-page.ts';
import { requestingClient } from '../../../src/oauth/pages/requesting-client.ts';
import { signInPage } from '../../../src/oauth/pages/sign-in-page.ts';

const HOSTILE = `"><script>alert('1')</script>`;
const client = requestingClient({
  clientId: 'dyn-1',
  clientName: HOSTILE,
  redirectUri: 'https://app.example/cb',
});
const EVERYTHING: RequestedAccess = {
  toolsets: ['businesses', 'reviews', 'messages', 'posts', 'analytics', 'account'],
  changeable: ['businesses', 'reviews', 'messages', 'posts'],
};
const OWNER: Owner = {
  by: 'key',
  name: HOSTILE,
  person: HOSTILE,
  role: 'ORG_ADMIN',
  locations: 41,
  mayWrite: true,
};
const frame = {
  texts: textsFor('en'),
  host: 'mcp.example.com',
  client,
  action: '/oauth/sign-in/x',
  token: 't',
};

const signIn = (access: RequestedAccess) => signInPage({ ...frame, access, identification: { by: 'key' } });
const consent = (access: RequestedAccess, owner = OWNER) => consentPage({ ...frame, access, owner });

describe('the pages', () => {
  test.each([
    ['sign-in', signIn(EVERYTHING)],
    ['consent', consent(EVERYTHING)],
    ['return', returnPage({ ...frame, notice: 'allowed', url: `https://x.example/${HOSTILE}` })],
  ])('show hostile names as text: %s', (_, page) => {
    expect(page).not.toContain('<script');
    expect(page).not.toContain('">alert');
    expect(page).toContain('&#60;script&#62;');
  });

  test('load nothing and run nothing', () => {
    for (const page of [signIn(EVERYTHING), consent(EVERYTHING)]) {
      expect(page).not.toMatch(/<(script|img|link|iframe|object|embed)\b| style=| on\w+=|url\(|@import/);
    }
    expect(PAGE_HEADERS['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^ ]+'; base-uri/,
    );
  });

  test('ask for what the client requests, and offer no more', () => {
    const readReviews: RequestedAccess = { toolsets: ['reviews'], changeable: [] };
    expect(signIn(readReviews)).toContain('Read your reviews on Partoo');
    expect(signIn(readReviews)).not.toContain('Change your');
    expect(consent(readReviews).match(/<input type="(radio|checkbox)"/g)).toHaveLength(1);
    expect(signIn(EVERYTHING)).toContain('Change your business listings, reviews, messages and posts');
  });

  test('let nobody allow writes who may not write', () => {
    const page = consent(EVERYTHING, { ...OWNER, mayWrite: false });
    expect(page).not.toContain('value="write"');
    expect(page).toContain('Your account may read only');
  });
});
