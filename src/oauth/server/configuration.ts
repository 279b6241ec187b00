import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  type Account,
  type Client,
  type Configuration,
  errors,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import type { Logger } from 'pino';
import { assertExpiresSoon } from '../clients/client-assertion.ts';
import { normalizeClientMetadata, reduceRegistration } from '../clients/client-metadata.ts';
import type { PublishedDocuments } from '../clients/published-documents.ts';
import { createAdapter, keepClient } from '../store/adapter.ts';
import { IDLE_MS, SIGN_IN_MS, type SignInStore } from '../store/sign-in-store.ts';
import { TooManyRefreshes } from '../store/unavailable.ts';
import { ACCESS_TOKEN_SECONDS, type Identity, type Session, tokenClaims } from '../tokens/access-token.ts';
import { OFFLINE_ACCESS } from '../tokens/scopes.ts';
import type { SecretKey } from '../tokens/secrets.ts';
import { COOKIES } from './cookies.ts';
import { ROUTES, signInPath } from './paths.ts';

/** Why a sign-in cannot begin or end, in the words of OAuth. */
export interface OAuthError {
  error: string;
  error_description?: string;
}

/** Shows a person a problem. `returnTo` is where the client would learn of it. */
export type ShowProblem = (ctx: KoaContextWithOIDC, error: OAuthError, returnTo?: string) => void;

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
  /** Signs cookies: the first one signs, all of them verify. */
  cookieKeys: readonly SecretKey[];
  /** Opens the access tokens of this server. */
  openToken(token: string): Promise<Session | undefined>;
  /** Whether Partoo accepts a key. True too when Partoo does not say. */
  accepts(key: string): Promise<boolean>;
  /** How long refreshes may extend a sign-in, in milliseconds. */
  longestMs: number;
  /** What clients publish: their metadata documents and their public keys. */
  documents: PublishedDocuments;
  /** Counts a refresh of the request in progress by its connection; returns the seconds to wait if there were too many. */
  countRefresh(grantId: string): Promise<number | undefined>;
  /** Shows a person that sign-in cannot go on. */
  showProblem: ShowProblem;
  log: Logger;
}

const CODE_SECONDS = 60;

/** An account of oidc-provider is one sign-in: nobody is known from one to the next. Its id is that of the grant. */
interface SignInAccount extends Account {
  identity: Identity;
}

export function configurationOf(options: ProviderOptions): Configuration {
  const { resource, scopes, store, tokenKey, cookieKeys, accepts, longestMs, documents, countRefresh } =
    options;
  const { showProblem, log } = options;

  /** How long the connection that a request exchanges a code or a refresh token of may last. */
  const secondsLeft = ({ oidc }: KoaContextWithOIDC) =>
    Math.max(1, longestMs / 1_000 - (oidc.entities.RefreshToken?.totalLifetime() ?? 0));

  /** Clients spell the same URL with and without a final slash, and have to be understood at the end of a sign-in too. */
  const isThisServer = (indicator: string) => URL.parse(indicator)?.href.replace(/\/$/, '') === resource;

  return {
    adapter: createAdapter(store),
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
    cookies: { ...COOKIES, keys: cookieKeys.map(({ key }) => key) },
    interactions: { url: (_ctx, { uid }) => signInPath(uid) },
    ttl: {
      AccessToken: ctx => Math.min(ACCESS_TOKEN_SECONDS, secondsLeft(ctx)),
      AuthorizationCode: CODE_SECONDS,
      Grant: longestMs / 1_000,
      Interaction: SIGN_IN_MS / 1_000,
      RefreshToken: ctx => Math.min(IDLE_MS / 1_000, secondsLeft(ctx)),
      // Never stored; see the adapter.
      Session: SIGN_IN_MS / 1_000,
    },
    expiresWithSession: () => false,
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    allowOmittingSingleRegisteredRedirectUri: false,
    clockTolerance: 5,
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => assertExpiresSoon(claims),
    extraClientMetadata: {
      // The validator is called once per name, and there has to be one.
      properties: ['partoo_mcp'],
      validator: (_ctx, _name, _value, metadata) => normalizeClientMetadata(metadata),
    },
    extraTokenClaims(ctx, token) {
      if (token.kind !== 'AccessToken') throw new Error(`no claims for ${token.kind}`);
      return tokenClaims((ctx.oidc.account as SignInAccount).identity);
    },
    async findAccount(ctx, grantId, token): Promise<SignInAccount | undefined> {
      const identity = await store.identityOf(grantId);
      if (!identity) return undefined;
      const account = { accountId: grantId, claims: () => ({ sub: grantId }), identity };
      if (!token) return account;
      const seconds = token.kind === 'RefreshToken' ? await countRefresh(grantId) : undefined;
      if (seconds !== undefined) {
        ctx.set('retry-after', String(seconds));
        throw new TooManyRefreshes();
      }
      // A code or a refresh token is about to become an access token.
      if (identity.key !== undefined && !(await accepts(identity.key))) {
        log.info({ client: ctx.oidc.client?.clientId }, 'Partoo rejects the key of a connection: it ends');
        await store.endGrant(grantId);
        return undefined;
      }
      await store.keepGrant(grantId, identity, Math.min(IDLE_MS, secondsLeft(ctx) * 1_000));
      const { clientId, jwksUri } = ctx.oidc.client as Client;
      if (clientId.startsWith('https:')) await documents.keep(clientId);
      else await keepClient(store, clientId);
      if (jwksUri !== undefined) await documents.keep(jwksUri);
      return account;
    },
    fetch: documents.fetch,
    fetchResponseBodyLimits: { 'client_id metadata document': Infinity },
    renderError: (ctx, out) => showProblem(ctx, out),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      registration: {
        enabled: true,
        issueRegistrationAccessToken: false,
        idFactory(ctx) {
          reduceRegistration(ctx.oidc.body ?? {});
          return randomBytes(16).toString('base64url');
        },
      },
      clientIdMetadataDocument: {
        enabled: true,
        ack: 'draft-02',
        async allowFetch(_ctx, clientId) {
          await documents.assertAvailable(clientId);
          return true;
        },
      },
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
