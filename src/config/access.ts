import { readFileSync } from 'node:fs';
import { isLoopback } from '../core/loopback.ts';
import { type Finding, fault, warning } from './finding.ts';
import { isPublicIssuer, isSharedTenant } from './oidc-issuers.ts';
import { partooKey } from './setting-types.ts';
import { isEasyToGuess, trustsEverybody } from './setting-warnings.ts';
import type { Settings } from './settings.ts';

/** Returns the Partoo key of the server's own; undefined without one. Throws an Error that names the setting. */
export function readServerKey({ PARTOO_API_KEY, PARTOO_API_KEY_FILE: file }: Settings): string | undefined {
  if (file === undefined) return PARTOO_API_KEY;
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (partooKey.safeParse(key).success) return key;
  } catch (error) {
    throw new Error(`PARTOO_API_KEY_FILE: cannot be read (${(error as Error).message})`);
  }
  throw new Error('PARTOO_API_KEY_FILE: does not hold a key: it must be one line of up to 512 characters');
}

const hasServerKey = (settings: Settings) =>
  settings.PARTOO_API_KEY !== undefined || settings.PARTOO_API_KEY_FILE !== undefined;

const isLoopbackName = (name: string) => isLoopback(name.replace(/^\[|\]$/g, ''));

/**
 * Whether the server's own key may be used without credentials: by one person, on the machine on which the server runs. Not
 * where a setting says that callers come through a proxy, by another name or from any web page.
 */
export function keyIsOpen(settings: Settings): boolean {
  const { HOST, ALLOWED_HOSTS, ALLOWED_ORIGINS, TRUST_PROXY, CLIENT_IP_HEADER } = settings;
  return (
    hasServerKey(settings) &&
    settings.ACCESS_TOKEN === undefined &&
    settings.TEAM_TOKENS_FILE === undefined &&
    settings.SIGN_IN === undefined &&
    isLoopback(HOST) &&
    ALLOWED_HOSTS.every(isLoopbackName) &&
    !ALLOWED_ORIGINS.includes('*') &&
    TRUST_PROXY === false &&
    CLIENT_IP_HEADER === undefined
  );
}

/** Whether callers send an access token that the server makes at its start. */
export const makesAccessToken = (settings: Settings): boolean =>
  hasServerKey(settings) &&
  settings.ACCESS_TOKEN === undefined &&
  settings.TEAM_TOKENS_FILE === undefined &&
  settings.SIGN_IN === undefined &&
  !keyIsOpen(settings);

/** Contradictions among the settings that decide who may call. */
export function accessFindings(settings: Settings): Finding[] {
  const { SIGN_IN, PUBLIC_URL, SIGN_IN_SECRET, ACCESS_TOKEN, TEAM_TOKENS_FILE, REPLICAS_HINT } = settings;
  const { USER_HEADER, TRUST_PROXY } = settings;
  const hasKey = hasServerKey(settings);
  const needsKey = (name: string, value: unknown): [boolean, string] => [
    value !== undefined && !hasKey,
    `${name}: needs PARTOO_API_KEY, the key that its holders share`,
  ];
  const oidc = SIGN_IN === 'oidc';
  const admitsAll = restrictsNobody(settings.OIDC_ALLOWED_DOMAINS, settings.OIDC_ALLOWED_GROUPS);
  const faults: [found: boolean, sentence: string][] = [
    [
      settings.PARTOO_API_KEY !== undefined && settings.PARTOO_API_KEY_FILE !== undefined,
      'PARTOO_API_KEY_FILE: PARTOO_API_KEY is set too; set only one of them',
    ],
    needsKey('TEAM_TOKENS_FILE', TEAM_TOKENS_FILE),
    needsKey('ACCESS_TOKEN', ACCESS_TOKEN),
    needsKey('USER_HEADER', USER_HEADER),
    needsKey('SIGN_IN', oidc || undefined),
    [
      SIGN_IN === 'key' && hasKey,
      'SIGN_IN: key lets each person sign in with a key of their own, and PARTOO_API_KEY is one for all; set only one of them, or SIGN_IN=oidc',
    ],
    [
      ACCESS_TOKEN !== undefined && TEAM_TOKENS_FILE !== undefined,
      'ACCESS_TOKEN: TEAM_TOKENS_FILE is set too; set only one of them',
    ],
    [
      ACCESS_TOKEN !== undefined && oidc,
      'ACCESS_TOKEN: SIGN_IN=oidc is set too; give machines a token of their own in TEAM_TOKENS_FILE',
    ],
    [
      USER_HEADER !== undefined && (TRUST_PROXY === false || trustsEverybody(TRUST_PROXY)),
      'USER_HEADER: needs the addresses of the proxy that sets it in TRUST_PROXY: anyone else could make up a name',
    ],
    [
      /authorization|api-?key|token|secret|cookie|credential/.test(USER_HEADER ?? ''),
      'USER_HEADER: names a header that carries credentials, which must not become names in the log; choose another one',
    ],
    [
      SIGN_IN !== undefined && PUBLIC_URL === undefined,
      'PUBLIC_URL: SIGN_IN needs the URL by which clients call this server',
    ],
    [
      SIGN_IN !== undefined && SIGN_IN_SECRET.length === 0,
      'SIGN_IN_SECRET: SIGN_IN needs a secret of at least 32 characters (openssl rand -hex 32)',
    ],
    [
      SIGN_IN !== undefined && REPLICAS_HINT > 1 && settings.REDIS_URL === undefined,
      'REDIS_URL: SIGN_IN with several replicas needs it, since a sign-in that begins at one replica may end at another',
    ],
    [
      makesAccessToken(settings) && REPLICAS_HINT > 1,
      'ACCESS_TOKEN: each of several replicas would make an access token of its own; set one for all, or TEAM_TOKENS_FILE',
    ],
    [
      oidc && settings.OIDC_ISSUER === undefined,
      "OIDC_ISSUER: SIGN_IN=oidc needs the issuer of the company's login",
    ],
    [
      oidc && settings.OIDC_CLIENT_ID === undefined,
      "OIDC_CLIENT_ID: SIGN_IN=oidc needs this server's client id at the company's login",
    ],
    [
      oidc && settings.OIDC_ALLOWED_DOMAINS.length === 0 && settings.OIDC_ALLOWED_GROUPS.length === 0,
      'OIDC_ALLOWED_DOMAINS: SIGN_IN=oidc needs it or OIDC_ALLOWED_GROUPS, or anyone with an account at the issuer could sign in (* admits all of them)',
    ],
    [
      oidc && settings.OIDC_ISSUER !== undefined && isSharedTenant(settings.OIDC_ISSUER),
      "OIDC_ISSUER: accepts accounts of every company; name your company's tenant, as in https://login.microsoftonline.com/<tenant id>/v2.0",
    ],
    [
      oidc && settings.OIDC_ISSUER !== undefined && isPublicIssuer(settings.OIDC_ISSUER) && admitsAll,
      'OIDC_ALLOWED_DOMAINS: * would admit the whole world, since anyone can open an account at OIDC_ISSUER; name the domains of your company',
    ],
  ];
  const warnings: [found: boolean, sentence: string][] = [
    [
      SIGN_IN !== undefined && settings.REDIS_URL === undefined,
      'SIGN_IN without REDIS_URL: sign-ins are kept in memory, so a restart ends them and people sign in again. Set REDIS_URL.',
    ],
    [
      USER_HEADER !== undefined && (TEAM_TOKENS_FILE !== undefined || oidc),
      'USER_HEADER has no effect: whoever has a token of TEAM_TOKENS_FILE or has signed in has a name already.',
    ],
    [
      isEasyToGuess(ACCESS_TOKEN ?? ''),
      'ACCESS_TOKEN is a placeholder or repetitive: anyone who guesses it can use your Partoo key. Set another one: openssl rand -hex 32',
    ],
    [!oidc && settings.OIDC_ISSUER !== undefined, 'OIDC_ISSUER has no effect without SIGN_IN=oidc.'],
  ];
  return [
    ...faults.filter(([found]) => found).map(([, sentence]) => fault(sentence)),
    ...warnings.filter(([found]) => found).map(([, sentence]) => warning(sentence)),
  ];
}

/** Whether every list that is set holds `*`. */
function restrictsNobody(...lists: string[][]): boolean {
  const rules = lists.filter(list => list.length > 0);
  return rules.length > 0 && rules.every(list => list.includes('*'));
}
