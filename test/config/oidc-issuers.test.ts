import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';

const OIDC = {
  SIGN_IN: 'oidc',
  PARTOO_API_KEY: 'a-partoo-key',
  PUBLIC_URL: 'https://mcp.acme.com',
  SIGN_IN_SECRET: 'x'.repeat(32),
  OIDC_CLIENT_ID: 'partoo-mcp',
};
const read = (env: Record<string, string>) => () => readConfig({ ...OIDC, ...env });

test.each([
  ['https://accounts.google.com', '*', ''],
  ['https://accounts.google.com/', 'acme.com,*', ''],
  ['https://gitlab.com', '', '*'],
])('%s, where anybody can open an account, must not admit them all', (OIDC_ISSUER, domains, groups) => {
  const rules = { OIDC_ALLOWED_DOMAINS: domains, OIDC_ALLOWED_GROUPS: groups };
  expect(read({ OIDC_ISSUER, ...rules })).toThrow('would admit the whole world');
});

test.each(['common', 'organizations', 'consumers', '9188040d-6c67-4c5b-b112-36a304b66dad'])(
  'the issuer of every company at Microsoft (%s) is refused',
  tenant => {
    const OIDC_ISSUER = `https://login.microsoftonline.com/${tenant}/v2.0`;
    expect(read({ OIDC_ISSUER, OIDC_ALLOWED_DOMAINS: 'acme.com' })).toThrow("name your company's tenant");
  },
);

test.each([
  ['https://accounts.google.com', 'acme.com', ''],
  ['https://gitlab.com', '*', 'acme/marketing'],
  ['https://login.microsoftonline.com/6e2b8f1c-0000-4000-8000-000000000000/v2.0', '*', ''],
  ['https://login.acme.com/realms/acme', '*', ''],
])('%s with the domains "%s" and the groups "%s" is fine', (OIDC_ISSUER, domains, groups) => {
  const rules = { OIDC_ALLOWED_DOMAINS: domains, OIDC_ALLOWED_GROUPS: groups };
  expect(read({ OIDC_ISSUER, ...rules })).not.toThrow();
});

test.each(['@acme.com', 'ana@acme.com', 'https://acme.com', 'acme', '*.acme.com', 'acme.com.'])(
  '%s, which no address would match, is refused as a domain',
  OIDC_ALLOWED_DOMAINS => {
    const OIDC_ISSUER = 'https://login.acme.com';
    expect(read({ OIDC_ISSUER, OIDC_ALLOWED_DOMAINS })).toThrow('must be domains without @');
  },
);

test('domains match whatever the case', () => {
  const config = read({ OIDC_ISSUER: 'https://login.acme.com', OIDC_ALLOWED_DOMAINS: 'Acme.com, ACME.fr' })();
  expect(config.OIDC_ALLOWED_DOMAINS).toEqual(['acme.com', 'acme.fr']);
});
