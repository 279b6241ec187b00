import { type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { RETRY_AFTER_SECONDS } from '../store/unavailable.ts';
import { OFFLINE_ACCESS } from '../tokens/scopes.ts';
import { normalizeAuthorizationRequest } from './authorization-request.ts';
import { configurationOf, type ProviderOptions } from './configuration.ts';
import { dropSessionCookie } from './cookies.ts';
import { logEvents } from './log-events.ts';
import { ROUTES } from './paths.ts';
import { revokeByAccessToken } from './revocation.ts';

/** Creates the OAuth 2.1 authorization server. */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, scopes, log } = options;
  const provider = new Provider(issuer, configurationOf(options));
  // The handler makes the URL of a request that of PUBLIC_URL.
  provider.proxy = true;

  provider.use(async (ctx, next) => {
    const isAuthorization = ctx.path === ROUTES.authorization;
    if (isAuthorization) ctx.query = normalizeAuthorizationRequest(ctx.query, scopes);
    await next();
    if (ctx.oidc?.route === 'revocation') await revokeByAccessToken(ctx as KoaContextWithOIDC, options);
    dropSessionCookie(ctx.res);
    if ([429, 503].includes(ctx.status) && !ctx.response.get('retry-after'))
      ctx.set('retry-after', String(RETRY_AFTER_SECONDS));
    if (ctx.oidc?.route === 'discovery') {
      Object.assign(ctx.body, {
        scopes_supported: [...scopes, OFFLINE_ACCESS],
        response_modes_supported: ['query'],
        claims_supported: undefined,
        claim_types_supported: undefined,
      });
    }
  });
  logEvents(provider, log);
  return provider;
}
