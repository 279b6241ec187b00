import { SIGN_IN_SECRET } from '../../support/sign-in.ts';
import { madeToken, tokenFile } from '../../support/token-file.ts';

export const PUBLIC_URL = 'https://mcp.example.com';
const PARTOO_API_KEY = 'canary-partoo-key-4711';
const ACCESS_TOKEN = 'canary-access-token-of-32-characters';
const KEY_HASH_SECRET = 'canary-7b3d5824f0e1d2c3b4a59687c0ffee';

const { token, entry } = madeToken('Nadia');
const TEAM = await tokenFile([entry]);

/** What no document of any deployment may hold. */
export const CANARIES = [
  PARTOO_API_KEY,
  ACCESS_TOKEN,
  KEY_HASH_SECRET,
  SIGN_IN_SECRET,
  'canary-oidc-secret',
  token,
  entry.hash,
  TEAM.path,
];

const PUBLIC = { PUBLIC_URL, KEY_HASH_SECRET };
const COMPANY = {
  ...PUBLIC,
  PARTOO_API_KEY,
  SIGN_IN: 'oidc',
  SIGN_IN_SECRET,
  OIDC_ISSUER: 'https://127.0.0.1:1',
  OIDC_CLIENT_ID: 'partoo-mcp',
  OIDC_CLIENT_SECRET: 'canary-oidc-secret',
  OIDC_ALLOWED_DOMAINS: 'example.com',
};

/** One deployment for each way in which callers show who they are. */
export const DEPLOYMENTS = {
  'keys of their own': PUBLIC,
  'sign-in with a key': { ...PUBLIC, SIGN_IN: 'key', SIGN_IN_SECRET },
  "the company's login": COMPANY,
  "the company's login, and team tokens": { ...COMPANY, TEAM_TOKENS_FILE: TEAM.path },
  'team tokens': { ...PUBLIC, PARTOO_API_KEY, TEAM_TOKENS_FILE: TEAM.path },
  'an access token': { ...PUBLIC, PARTOO_API_KEY, ACCESS_TOKEN },
  'nothing, on one machine': { PARTOO_API_KEY, KEY_HASH_SECRET },
} satisfies Record<string, Record<string, string>>;

export type Way = keyof typeof DEPLOYMENTS;
export const WAYS = Object.keys(DEPLOYMENTS) as Way[];
