import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import {
  limitFailedAuthentication,
  type ThrottleOptions,
} from './http/authentication/failed-authentication-throttle.ts';
import { callerOf } from './http/authentication/identify.ts';
import { keyIn } from './http/authentication/key-header.ts';
import { createCompanyLogin } from './oauth/company-login/company-login.ts';
import type { CompanyIdentification } from './oauth/interaction/company-step.ts';
import { createCheckKeyOwner } from './oauth/interaction/key-owner.ts';
import type { KeyIdentification } from './oauth/interaction/key-step.ts';
import type { OpenPartoo } from './partoo/partoo.ts';

export interface IdentificationOptions extends ThrottleOptions {
  config: Config;
  openPartoo: OpenPartoo;
  log: Logger;
}

/** Returns how people identify themselves at sign-in, as SIGN_IN says. */
export async function createIdentification(
  options: IdentificationOptions,
): Promise<KeyIdentification | CompanyIdentification> {
  const { config, openPartoo, log } = options;
  if (config.SIGN_IN === 'oidc') {
    const name = new URL(String(config.OIDC_ISSUER)).host;
    return { by: 'company', name, login: await createCompanyLogin(config, log) };
  }
  return {
    by: 'key',
    callerOf(text) {
      const key = keyIn({ 'x-apikey': [text] });
      return key === undefined ? undefined : callerOf(key, config.KEY_HASH_SECRET);
    },
    checkKeyOwner: createCheckKeyOwner(openPartoo, log),
    throttle: (app: FastifyInstance) => limitFailedAuthentication(app, options),
  };
}
