import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';

const KEY = { PARTOO_API_KEY: 'a-partoo-key' };
const TOKEN = { ACCESS_TOKEN: 'abcdefghijklmnopqrstuvwxyz0123456789' };
const TEAM = { TEAM_TOKENS_FILE: '/etc/partoo-mcp/tokens.json' };
const OPEN = { HOST: '0.0.0.0', ALLOWED_HOSTS: 'mcp.example.com' };
const SIGN_IN = { PUBLIC_URL: 'https://mcp.example.com', SIGN_IN_SECRET: '6f1c0e9a7b3d5824f0e1d2c3b4a59687' };
const OIDC = {
  ...SIGN_IN,
  SIGN_IN: 'oidc',
  OIDC_ISSUER: 'https://login.example.com',
  OIDC_CLIENT_ID: 'partoo-mcp',
  OIDC_ALLOWED_DOMAINS: 'example.com',
};
const PROXY = { TRUST_PROXY: '10.0.0.1', USER_HEADER: 'x-forwarded-user' };

type Env = Record<string, string>;

/** Copies an environment without some settings. */
const without = (env: Env, ...names: string[]): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

describe('a configuration does not start', () => {
  const faults: [what: string, env: Env, fault: string][] = [
    [
      'with two keys',
      { ...KEY, PARTOO_API_KEY_FILE: '/x' },
      'PARTOO_API_KEY_FILE: PARTOO_API_KEY is set too',
    ],
    ['with a key that fits in no header', { PARTOO_API_KEY: 'two words' }, 'PARTOO_API_KEY: must be a key'],
    ['with team tokens and no key', TEAM, 'TEAM_TOKENS_FILE: needs PARTOO_API_KEY'],
    ['with an access token and no key', TOKEN, 'ACCESS_TOKEN: needs PARTOO_API_KEY'],
    ['with a header of names and no key', PROXY, 'USER_HEADER: needs PARTOO_API_KEY'],
    ['with the company’s login and no key', OIDC, 'SIGN_IN: needs PARTOO_API_KEY'],
    [
      'with keys of one’s own and one for all',
      { ...KEY, ...SIGN_IN, SIGN_IN: 'key' },
      'SIGN_IN: key lets each person sign in with a key of their own',
    ],
    [
      'with an access token and team tokens',
      { ...KEY, ...TOKEN, ...TEAM },
      'ACCESS_TOKEN: TEAM_TOKENS_FILE is set too',
    ],
    [
      'with an access token and the company’s login',
      { ...KEY, ...OIDC, ...TOKEN },
      'ACCESS_TOKEN: SIGN_IN=oidc is set too',
    ],
    [
      'with a short access token',
      { ...KEY, ACCESS_TOKEN: 'short' },
      'ACCESS_TOKEN: must have at least 32 characters',
    ],
    [
      'with names from no proxy',
      { ...KEY, ...TOKEN, USER_HEADER: 'x-user' },
      'USER_HEADER: needs the addresses of the proxy',
    ],
    [
      'with names from any proxy',
      { ...KEY, ...TOKEN, ...PROXY, TRUST_PROXY: 'true' },
      'USER_HEADER: needs the addresses of the proxy',
    ],
    [
      'with names from any address',
      { ...KEY, ...TOKEN, ...PROXY, TRUST_PROXY: '0.0.0.0/0' },
      'USER_HEADER: needs the addresses of the proxy',
    ],
    [
      'with a token as a name',
      { ...KEY, ...TOKEN, ...PROXY, USER_HEADER: 'x-forwarded-access-token' },
      'USER_HEADER: names a header that carries credentials',
    ],
    [
      'with a key as a name',
      { ...KEY, ...TOKEN, ...PROXY, USER_HEADER: 'Authorization' },
      'USER_HEADER: names a header that carries credentials',
    ],
    [
      'with several replicas that make a token each',
      { ...KEY, ...OPEN, REPLICAS_HINT: '2' },
      'ACCESS_TOKEN: each of several replicas would make an access token of its own',
    ],
    [
      'with sign-in at no URL',
      { ...without(SIGN_IN, 'PUBLIC_URL'), SIGN_IN: 'key' },
      'PUBLIC_URL: SIGN_IN needs the URL',
    ],
    [
      'with a URL that has a path',
      { ...SIGN_IN, SIGN_IN: 'key', PUBLIC_URL: 'https://mcp.example.com/mcp' },
      'PUBLIC_URL: must have no path',
    ],
    [
      'with a URL without TLS',
      { ...SIGN_IN, SIGN_IN: 'key', PUBLIC_URL: 'http://mcp.example.com' },
      'PUBLIC_URL: must be https',
    ],
    ['with a short secret', { ...SIGN_IN, SIGN_IN: 'key', SIGN_IN_SECRET: 'short' }, 'SIGN_IN_SECRET: must'],
    [
      'with sign-in and no secret',
      { ...without(SIGN_IN, 'SIGN_IN_SECRET'), SIGN_IN: 'key' },
      'SIGN_IN_SECRET: SIGN_IN needs a secret',
    ],
    [
      'with sign-in at replicas without Redis',
      { ...SIGN_IN, SIGN_IN: 'key', REPLICAS_HINT: '2' },
      'REDIS_URL: SIGN_IN with several replicas needs it',
    ],
    [
      'with a login of no issuer',
      { ...KEY, ...without(OIDC, 'OIDC_ISSUER') },
      'OIDC_ISSUER: SIGN_IN=oidc needs the issuer',
    ],
    [
      'with a login of no client',
      { ...KEY, ...without(OIDC, 'OIDC_CLIENT_ID') },
      'OIDC_CLIENT_ID: SIGN_IN=oidc needs',
    ],
    [
      'with a login of anyone',
      { ...KEY, ...without(OIDC, 'OIDC_ALLOWED_DOMAINS') },
      'OIDC_ALLOWED_DOMAINS: SIGN_IN=oidc needs it or OIDC_ALLOWED_GROUPS',
    ],
    [
      'with a login of every company',
      { ...KEY, ...OIDC, OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' },
      'OIDC_ISSUER: accepts accounts of every company',
    ],
    [
      'with a login of the whole world',
      { ...KEY, ...OIDC, OIDC_ISSUER: 'https://accounts.google.com', OIDC_ALLOWED_DOMAINS: '*' },
      'OIDC_ALLOWED_DOMAINS: * would admit the whole world',
    ],
  ];

  test.each(faults)('%s', (_, env, fault) => {
    expect(() => readConfig(env)).toThrow(fault);
  });
});

describe('a configuration starts with a warning', () => {
  const warnings: [what: string, env: Env, warning: string][] = [
    ['with sign-in and no Redis', { ...SIGN_IN, SIGN_IN: 'key' }, 'SIGN_IN without REDIS_URL'],
    ['with a header of names beside team tokens', { ...KEY, ...TEAM, ...PROXY }, 'USER_HEADER has no effect'],
    [
      'with a header of names beside the company’s login',
      { ...KEY, ...OIDC, ...PROXY },
      'USER_HEADER has no effect',
    ],
    [
      'with an issuer and no login',
      { OIDC_ISSUER: 'https://login.example.com' },
      'OIDC_ISSUER has no effect',
    ],
    [
      'with a placeholder as access token',
      { ...KEY, ACCESS_TOKEN: 'change-me-change-me-change-me-change-me' },
      'ACCESS_TOKEN is a placeholder or repetitive',
    ],
    [
      'with a repetitive access token',
      { ...KEY, ACCESS_TOKEN: 'abcd'.repeat(8) },
      'ACCESS_TOKEN is a placeholder or repetitive',
    ],
  ];

  test.each(warnings)('%s', (_, env, warning) => {
    expect(readConfig(env).warnings).toContainEqual(expect.stringContaining(warning));
  });
});

describe('the server’s own key', () => {
  const ways: [what: string, env: Env, open: boolean, makesToken: boolean][] = [
    ['on loopback', {}, true, false],
    ['on loopback by all its names', { ALLOWED_HOSTS: 'localhost,127.0.0.1,[::1]' }, true, false],
    ['on loopback with listed pages', { ALLOWED_ORIGINS: 'localhost' }, true, false],
    ['on loopback by another name', { ALLOWED_HOSTS: 'localhost,mcp.example.com' }, false, true],
    ['on loopback by its URL', { PUBLIC_URL: 'http://[::1]:3000' }, true, false],
    ['on loopback by the URL of a proxy', { PUBLIC_URL: 'https://mcp.example.com' }, false, true],
    ['on loopback for any page', { ALLOWED_ORIGINS: '*' }, false, true],
    ['behind a proxy', { TRUST_PROXY: 'loopback' }, false, true],
    ['behind a platform’s proxy', { CLIENT_IP_HEADER: 'fly-client-ip' }, false, true],
    ['on an open host', OPEN, false, true],
    ['on an open host with an access token', { ...OPEN, ...TOKEN }, false, false],
    ['on loopback with an access token', TOKEN, false, false],
    ['on loopback with team tokens', TEAM, false, false],
    ['on an open host with the company’s login', { ...OPEN, ...OIDC }, false, false],
    ['behind a login proxy', { ...TOKEN, ...PROXY }, false, false],
    ['behind oauth2-proxy', { ...TOKEN, ...PROXY, USER_HEADER: 'X-Auth-Request-Email' }, false, false],
  ];

  test.each(ways)(
    '%s: usable without credentials %s, makes a token %s',
    (_, env, serverKeyIsOpen, makesAccessToken) => {
      expect(readConfig({ ...KEY, ...env })).toMatchObject({ serverKeyIsOpen, makesAccessToken });
    },
  );

  test('without a key nothing is open and no token is made', () => {
    const env = { HOST: '0.0.0.0', ALLOWED_HOSTS: '*' };
    expect(readConfig(env)).toMatchObject({ serverKeyIsOpen: false, makesAccessToken: false });
    expect(readConfig({})).toMatchObject({ serverKeyIsOpen: false, makesAccessToken: false });
  });
});

describe('PARTOO_API_KEY_FILE', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'partoo-mcp-key-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function readKey(content: string) {
    const file = join(folder, 'key');
    writeFileSync(file, content);
    return readConfig({ PARTOO_API_KEY_FILE: file }).serverKey;
  }

  test('holds the key, with or without a line end', () => {
    expect(readKey('a-partoo-key\n')).toBe('a-partoo-key');
    expect(readKey('a-partoo-key')).toBe('a-partoo-key');
  });

  test('that holds no key or several lines does not start, and is not quoted', () => {
    expect(() => readKey('\n')).toThrow('PARTOO_API_KEY_FILE: does not hold a key');
    expect(() => readKey('first\nsecond')).toThrow(/^((?!first|second).)*$/s);
  });

  test('that cannot be read does not start', () => {
    expect(() => readConfig({ PARTOO_API_KEY_FILE: '/no/such/file' })).toThrow(
      /PARTOO_API_KEY_FILE: cannot be read.*ENOENT/,
    );
  });
});
