import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import {
  limitFailedAuthentication,
  type ThrottleOptions,
} from './http/authentication/failed-authentication-throttle.ts';
import { callerOf } from './http/authentication/identify.ts';
import { readKey } from './http/authentication/key-header.ts';
import { isMadeHere } from './http/authentication/shared-key-tokens/token.ts';
import { CALLBACK_PATH, createCompanyLogin } from './oauth/company-login/company-login.ts';
import type { CompanyIdentification } from './oauth/interaction/company-step.ts';
import { createCheckKeyOwner } from './oauth/interaction/key-owner.ts';
import type { KeyIdentification } from './oauth/interaction/key-step.ts';
import type { OpenPartoo } from './partoo/partoo.ts';

interface IdentificationOptions extends ThrottleOptions {
  config: Config;
  openPartoo: OpenPartoo;
  log: Logger;
}

/** Returns how people identify themselves at sign-in, as SIGN_IN says. The configuration is complete for it. */
export async function createIdentification(
  options: IdentificationOptions,
): Promise<KeyIdentification | CompanyIdentification> {
  const { config, openPartoo, log } = options;
  if (config.SIGN_IN === 'oidc') {
    const issuer = String(config.OIDC_ISSUER);
    const login = await createCompanyLogin(
      {
        issuer,
        clientId: String(config.OIDC_CLIENT_ID),
        clientSecret: config.OIDC_CLIENT_SECRET,
        redirectUri: `${config.PUBLIC_URL}${CALLBACK_PATH}`,
        allowedDomains: config.OIDC_ALLOWED_DOMAINS,
        allowedGroups: config.OIDC_ALLOWED_GROUPS,
        groupsClaim: config.OIDC_GROUPS_CLAIM,
        writeGroups: config.OIDC_WRITE_GROUPS,
      },
      log,
    );
    return { by: 'company', name: new URL(issuer).host, login };
  }
  return {
    by: 'key',
    callerOf(text) {
      const key = readKey(text);
      return key === undefined ? undefined : callerOf(key, config.KEY_HASH_SECRET);
    },
    isToken: isMadeHere,
    checkKeyOwner: createCheckKeyOwner(openPartoo, log),
    throttle: (app: FastifyInstance) => limitFailedAuthentication(app, options),
  };
}
