import { generateKeyPairSync } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { type Account, type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import { errorFields } from '../../core/error-fields.ts';
import { normalizeClientMetadata } from '../clients/client-metadata.ts';
import { createAdapter, keepClient } from '../store/adapter.ts';
import { IDLE_MS, type SignInStore } from '../store/sign-in-store.ts';
import { ACCESS_TOKEN_SECONDS, type Identity, tokenClaims } from '../tokens/access-token.ts';
import { OFFLINE_ACCESS } from '../tokens/scopes.ts';
import type { SecretKey } from '../tokens/secrets.ts';
import { normalizeAuthorizationRequest } from './authorization-request.ts';

export interface ProviderOptions {
  /** An origin: PUBLIC_URL without a path. */
  issuer: string;
  /** The URL of the MCP endpoint, which every token is for. */
  resource: string;
  /** The scopes that may be requested. */
  scopes: readonly string[];
  store: SignInStore;
  /** Seals access tokens. */
  tokenKey: SecretKey;
  /** Whether Partoo accepts a key. True too when Partoo does not say. */
  accepts(key: string): Promise<boolean>;
  /** How long refreshes may extend a sign-in, in milliseconds. */
  longestMs: number;
  /** Fetches what a client published: its metadata document or its public keys. */
  fetch: typeof globalThis.fetch;
  /** Shows a person that sign-in cannot go on. */
  showProblem(ctx: KoaContextWithOIDC, error: { error: string; error_description?: string }): void;
  log: Logger;
}

export const ROUTES = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  registration: '/oauth/register',
  revocation: '/oauth/revoke',
  jwks: '/oauth/jwks',
} as const;

/** The page of one authorization request. */
export const signInPath = (uid: string) => `/oauth/sign-in/${uid}`;

const CODE_SECONDS = 60;
/** How long a person may take to sign in. */
const SIGN_IN_SECONDS = 15 * 60;
const MAX_DOCUMENT_BYTES = 64 * 1024;
const RETRY_AFTER_SECONDS = 5;
/** Characters of a text that anybody can send. */
const MAX_LOGGED = 200;

/** An account of oidc-provider is one sign-in: nobody is known from one to the next. Its id is that of the grant. */
interface SignedIn extends Account {
  identity: Identity;
}

/** Creates the OAuth 2.1 authorization server. */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, resource, scopes, store, tokenKey, log } = options;
  const provider = new Provider(issuer, configurationOf(options));
  // The handler makes the URL of a request that of PUBLIC_URL.
  provider.proxy = true;

  provider.use(async (ctx, next) => {
    const isAuthorization = ctx.path === ROUTES.authorization;
    if (isAuthorization) ctx.query = normalizeAuthorizationRequest(ctx.query, scopes);
    await next();
    dropSessionCookie(ctx.res);
    if (ctx.status === 503) ctx.set('retry-after', String(RETRY_AFTER_SECONDS));
    if (ctx.oidc?.route === 'discovery') {
      Object.assign(ctx.body, {
        scopes_supported: [...scopes, OFFLINE_ACCESS],
        response_modes_supported: ['query'],
        claims_supported: undefined,
        claim_types_supported: undefined,
      });
    }
  });

  // Koa would write to the console.
  (provider as EventEmitter).on('error', error =>
    log.warn({ error: errorFields(error) }, 'a response of sign-in failed'),
  );
  provider.on('server_error', (ctx, error) => {
    log.error({ route: ctx.oidc?.route, error: errorFields(error) }, 'sign-in failed');
  });
  const refused = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    const { error: code, error_description: description, error_detail: detail } = error;
    const client = ctx.oidc.client?.clientId ?? String(ctx.oidc.params?.client_id ?? '').slice(0, MAX_LOGGED);
    log.info({ route: ctx.oidc.route, client, code, description, detail }, 'sign-in refused');
  };
  provider.on('authorization.error', refused);
  provider.on('grant.error', refused);
  provider.on('registration_create.error', refused);
  provider.on('revocation.error', refused);
  return provider;

  function configurationOf({ accepts, fetch, longestMs, showProblem }: ProviderOptions): Configuration {
    return {
      adapter: createAdapter(store),
      clients: [],
      // oidc-provider wants one. Nothing is signed: access tokens are encrypted, and there are no id_tokens.
      jwks: {
        keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })],
      },
      clientDefaults: {
        grant_types: ['authorization_code', 'refresh_token'],
        id_token_signed_response_alg: 'ES256',
      },
      routes: ROUTES,
      responseTypes: ['code'],
      clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      scopes: [OFFLINE_ACCESS],
      pkce: { required: () => true },
      cookies: { names: COOKIES, short: COOKIE, long: COOKIE },
      interactions: { url: (_ctx, { uid }) => signInPath(uid) },
      ttl: {
        AccessToken: ACCESS_TOKEN_SECONDS,
        AuthorizationCode: CODE_SECONDS,
        Grant: longestMs / 1_000,
        Interaction: SIGN_IN_SECONDS,
        RefreshToken: (_ctx, token) =>
          Math.max(1, Math.min(IDLE_MS / 1_000, longestMs / 1_000 - token.totalLifetime())),
        // Never stored; see the adapter.
        Session: SIGN_IN_SECONDS,
      },
      expiresWithSession: () => false,
      rotateRefreshToken: true,
      issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
      revokeGrantPolicy: () => true,
      allowOmittingSingleRegisteredRedirectUri: false,
      acceptQueryParamAccessTokens: false,
      clientBasedCORS: () => true,
      clockTolerance: 5,
      extraClientMetadata: {
        // The validator is called once per name, and there has to be one.
        properties: ['partoo_mcp'],
        validator: (_ctx, _name, _value, metadata) => normalizeClientMetadata(metadata),
      },
      extraTokenClaims(ctx, token) {
        const { accountId, identity } = ctx.oidc.account as SignedIn;
        if (token.kind !== 'AccessToken') throw new Error(`no claims for ${token.kind}`);
        return tokenClaims(accountId, identity);
      },
      async findAccount(ctx, grantId, token): Promise<SignedIn | undefined> {
        const identity = await store.identityOf(grantId);
        if (!identity) return undefined;
        const account = { accountId: grantId, claims: () => ({ sub: grantId }), identity };
        if (!token) return account;
        // A code or a refresh token is about to become an access token.
        if (identity.key !== undefined && !(await accepts(identity.key))) {
          log.info({ client: ctx.oidc.client?.clientId }, 'Partoo rejects the key of a connection: it ends');
          await store.endGrant(grantId);
          return undefined;
        }
        await store.keepGrant(grantId, identity);
        if (ctx.oidc.client) await keepClient(store, ctx.oidc.client.clientId);
        return account;
      },
      fetch,
      fetchResponseBodyLimits: {
        'client_id metadata document': MAX_DOCUMENT_BYTES,
        jwks_uri: MAX_DOCUMENT_BYTES,
        sector_identifier_uri: 0,
      },
      renderError(ctx, out) {
        showProblem(ctx, out);
      },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: { enabled: false },
        userinfo: { enabled: false },
        introspection: { enabled: false },
        dPoP: { enabled: false },
        pushedAuthorizationRequests: { enabled: false },
        revocation: {
          enabled: true,
          allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
        },
        registration: { enabled: true, issueRegistrationAccessToken: false },
        clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
        resourceIndicators: {
          enabled: true,
          defaultResource: (_ctx, _client, oneOf) => oneOf?.find(isThisServer) ?? resource,
          useGrantedResource: () => true,
          getResourceServerInfo(_ctx, indicator) {
            if (!isThisServer(indicator))
              throw new errors.InvalidTarget(`the only resource here is ${resource}`);
            return {
              audience: resource,
              scope: scopes.join(' '),
              accessTokenFormat: 'jwt',
              jwt: { encrypt: { alg: 'dir', enc: 'A256GCM', key: tokenKey.key, kid: tokenKey.id } },
            };
          },
        },
      },
    };
  }

  /** Clients spell the same URL with and without a final slash, and have to be understood at the end of a sign-in too. */
  function isThisServer(indicator: string): boolean {
    return URL.parse(indicator)?.href.replace(/\/$/, '') === resource;
  }
}

const COOKIES = { session: '_session', interaction: '_sign_in', resume: '_sign_in_end' };
const COOKIE = { httpOnly: true, sameSite: 'lax' } as const;

/** No session of a browser is remembered, so oidc-provider's cookie for it would mean nothing. */
function dropSessionCookie(response: {
  getHeader(name: string): unknown;
  setHeader(name: string, value: string[]): unknown;
}) {
  const cookies = response.getHeader('set-cookie');
  if (!Array.isArray(cookies)) return;
  response.setHeader(
    'set-cookie',
    cookies.filter(cookie => !String(cookie).startsWith(`${COOKIES.session}=`)),
  );
}
