import { type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { RETRY_AFTER_SECONDS } from '../store/unavailable.ts';
import { OFFLINE_ACCESS } from '../tokens/scopes.ts';
import { normalizeAuthorizationRequest } from './authorization-request.ts';
import { configurationOf, type OAuthError, type ProviderOptions } from './configuration.ts';
import { dropSessionCookie } from './cookies.ts';
import { logEvents } from './log-events.ts';
import { ROUTES } from './paths.ts';
import { revokeByAccessToken } from './revocation.ts';

/** Creates the OAuth 2.1 authorization server. */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, scopes, log, showProblem } = options;
  const provider = new Provider(issuer, configurationOf(options));
  // The handler makes the URL of a request that of PUBLIC_URL.
  provider.proxy = true;

  const refusals = new WeakMap<object, OAuthError>();
  provider.on('authorization.error', (ctx, error) => refusals.set(ctx, error));

  provider.use(async (ctx, next) => {
    // Routes match with a final slash too.
    const isAuthorization = ctx.path.replace(/\/$/, '') === ROUTES.authorization;
    if (isAuthorization) ctx.query = normalizeAuthorizationRequest(ctx.query, scopes);
    await next();
    if (ctx.oidc?.route === 'revocation') await revokeByAccessToken(ctx as KoaContextWithOIDC, options);
    const location = ctx.response.get('location');
    if (isAuthorization && location !== '' && URL.parse(location, issuer)?.origin !== issuer) {
      // No page has been shown: anybody could register a client and use this server to redirect people anywhere (RFC 9700).
      ctx.remove('location');
      ctx.status = 400;
      showProblem(ctx as KoaContextWithOIDC, refusals.get(ctx) ?? { error: 'server_error' }, location);
    }
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
