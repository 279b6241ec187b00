import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import { splitList } from '../../config/setting-types.ts';
import type { Holder } from '../../core/caller.ts';
import { createSharedKey, type SharedKey } from './shared-key.ts';
import { openTeamTokens } from './shared-key-tokens/team-tokens.ts';
import { hashToken, makeToken } from './shared-key-tokens/token.ts';
import { readUserHeader } from './user-header.ts';

export interface OpenSharedKeyOptions {
  /** The access token of callers, if the configuration has none. By default one that nobody learns. */
  accessToken?: string;
  /** Called with a function that reads again what may change while the server runs. */
  onReload?: (reload: () => Promise<void>) => void;
}

/** Returns the server's own Partoo key with those who may use it; undefined without one. */
export async function openSharedKey(
  config: Config,
  log: Logger,
  options: OpenSharedKeyOptions,
): Promise<SharedKey | undefined> {
  const { serverKey: key, KEY_HASH_SECRET: secret, ALLOWED_ORIGINS, USER_HEADER, TRUST_PROXY } = config;
  if (key === undefined) return undefined;
  return createSharedKey({
    key,
    secret,
    findHolder: config.serverKeyIsOpen ? undefined : await openHolders(config, log, options),
    personOf:
      USER_HEADER === undefined ? undefined : readUserHeader(USER_HEADER, splitList(String(TRUST_PROXY))),
    allowsPages: ALLOWED_ORIGINS.length > 0,
  });
}

/** Returns the look-up of access tokens. */
async function openHolders(
  { ACCESS_TOKEN, TEAM_TOKENS_FILE, SIGN_IN }: Config,
  log: Logger,
  { accessToken = makeToken(), onReload }: OpenSharedKeyOptions,
): Promise<(token: string) => Holder | undefined> {
  if (TEAM_TOKENS_FILE !== undefined) {
    const teamTokens = await openTeamTokens(TEAM_TOKENS_FILE, log);
    onReload?.(teamTokens.reload);
    return teamTokens.find;
  }
  if (SIGN_IN !== undefined) return () => undefined;
  const holders = new Map<string, Holder>([[hashToken(ACCESS_TOKEN ?? accessToken), {}]]);
  return token => holders.get(hashToken(token));
}
