import { readFileSync } from 'node:fs';
import { isLoopback } from '../core/loopback.ts';
import { type Finding, faults, warnings } from './finding.ts';
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

/** Whether the server has a key of its own that no setting gives to a team: one person uses it. */
const isSolo = (settings: Settings) =>
  hasServerKey(settings) &&
  settings.ACCESS_TOKEN === undefined &&
  settings.TEAM_TOKENS_FILE === undefined &&
  settings.SIGN_IN === undefined;

/**
 * Whether the server's own key may be used without credentials: by one person, on the machine on which the server runs. Not
 * where a setting says that callers come through a proxy, by another name or from any web page.
 */
export function keyIsOpen(settings: Settings): boolean {
  const { HOST, PUBLIC_URL, ALLOWED_HOSTS, ALLOWED_ORIGINS, TRUST_PROXY, CLIENT_IP_HEADER } = settings;
  return (
    isSolo(settings) &&
    isLoopback(HOST) &&
    // Many a proxy on the same machine adds no header that would tell its requests from those of this machine.
    (PUBLIC_URL === undefined || isLoopback(new URL(PUBLIC_URL).hostname)) &&
    ALLOWED_HOSTS.every(isLoopback) &&
    !ALLOWED_ORIGINS.includes('*') &&
    TRUST_PROXY === false &&
    CLIENT_IP_HEADER === undefined
  );
}

/** Whether callers send an access token that the server makes at its start. */
export const makesAccessToken = (settings: Settings): boolean => isSolo(settings) && !keyIsOpen(settings);

/** Contradictions among the settings of the server's own key and of those who share it. */
export function sharedKeyFindings(settings: Settings): Finding[] {
  const { SIGN_IN, ACCESS_TOKEN, TEAM_TOKENS_FILE, REPLICAS_HINT, USER_HEADER, TRUST_PROXY } = settings;
  const hasKey = hasServerKey(settings);
  const needsKey = (name: string, value: unknown): [boolean, string] => [
    value !== undefined && !hasKey,
    `${name}: needs PARTOO_API_KEY, the key that its holders share`,
  ];
  const oidc = SIGN_IN === 'oidc';
  const contradictions = faults([
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
      makesAccessToken(settings) && REPLICAS_HINT > 1,
      'ACCESS_TOKEN: each of several replicas would make an access token of its own; set one for all, or TEAM_TOKENS_FILE',
    ],
  ]);
  const risks = warnings([
    [
      USER_HEADER !== undefined && (TEAM_TOKENS_FILE !== undefined || oidc),
      'USER_HEADER has no effect: whoever has a token of TEAM_TOKENS_FILE or has signed in has a name already.',
    ],
    [
      isEasyToGuess(ACCESS_TOKEN ?? ''),
      'ACCESS_TOKEN is a placeholder or repetitive: anyone who guesses it can use your Partoo key. Set another one: openssl rand -hex 32',
    ],
  ]);
  return [...contradictions, ...risks];
}
