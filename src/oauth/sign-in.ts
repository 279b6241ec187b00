import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { Caller } from '../core/caller.ts';
import type { ToolSettings } from '../mcp/tool-filter/enabled-tools.ts';
import type { OpenPartoo } from '../partoo/partoo.ts';
import type { OpenRedis } from '../storage/redis/open-redis.ts';
import { createPublicFetch, type PublicFetch } from './clients/public-fetch.ts';
import { publishedDocuments } from './clients/published-documents.ts';
import { type Consume, type ConsumeByKey, createRateLimits } from './clients/rate-limits.ts';
import { problemPage } from './interaction/problem-page.ts';
import { oauthRoutes } from './routes.ts';
import type { SignInServer } from './server/finish-sign-in.ts';
import { keyAcceptance } from './server/key-acceptance.ts';
import { createProvider } from './server/provider.ts';
import {
  LONGEST_COMPANY_SESSION_MS,
  LONGEST_MS,
  type SignInRecords,
  SignInStore,
} from './store/sign-in-store.ts';
import { accessTokenOpener, isAccessToken, type Session } from './tokens/access-token.ts';
import { bearerChallenge, type ChallengeProblem } from './tokens/protected-resource.ts';
import { scopesOffered } from './tokens/scopes.ts';
import { keysFor } from './tokens/secrets.ts';
import { scopesToStepUpTo } from './tokens/step-up.ts';

export interface SignInOptions {
  config: ToolSettings & { SIGN_IN: 'key' | 'oidc'; SIGN_IN_SECRET: readonly string[]; PUBLIC_URL: string };
  records: SignInRecords;
  redis: OpenRedis | undefined;
  openPartoo: OpenPartoo;
  callerOf(key: string): Caller;
  /** The address that limits count a request by. */
  addressOf(request: FastifyRequest): string;
  /** The pages that a person sees, at `/oauth/sign-in/:uid`. */
  pages: FastifyPluginAsync<SignInServer>;
  log: Logger;
  /** For tests: fetches what clients publish. */
  publicFetch?: PublicFetch;
}

export interface SignIn {
  /** Serves sign-in. Register it in a scope without body parsers. */
  routes: FastifyPluginAsync;
  /** Returns the `WWW-Authenticate` header that makes a client sign in. */
  challenge(problem?: ChallengeProblem): string;
  /** Returns the scopes of a 403 that makes a client sign in for more; undefined if that would not help (step-up.ts). */
  scopesToStepUpTo(body: unknown, held: readonly string[], revision: unknown): string[] | undefined;
  /** Whether a bearer token is one of this server by its form. */
  isToken(text: string): boolean;
  /** Returns what a token allows; undefined for one that is expired, or was sealed for another server. */
  open(token: string): Promise<Session | undefined>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** People of one company, and the users of one hosted assistant, share an address. */
const AUTHORIZATIONS = { name: 'authorizations', perAddress: 60, total: 1_200, windowMs: MINUTE_MS };
const REGISTRATIONS = { name: 'registrations', perAddress: 20, total: 200, windowMs: MINUTE_MS };
/** For each connection a request per hour. */
const TOKENS = { name: 'tokens', perAddress: 600, total: 12_000, windowMs: MINUTE_MS };
/** Of one connection. Each gives a token that lasts an hour, and leaves a record that lasts for weeks. */
const REFRESHES = { name: 'refreshes', max: 60, windowMs: HOUR_MS };
/** Of what clients publish. Bounded, since a stranger chooses the server that gets them. */
const FETCHES = { name: 'fetches', perAddress: 20, total: 300, windowMs: MINUTE_MS };

/** Sign-in for clients that cannot send a Partoo key in a header. */
export async function createSignIn(options: SignInOptions): Promise<SignIn> {
  const { config, records, addressOf, log } = options;
  const issuer = new URL(config.PUBLIC_URL).origin;
  const resource = `${issuer}/mcp`;
  const scopes = scopesOffered(config);
  // What was given for a key of one's own means nothing to a server that people enter with the company's login.
  const secrets = config.SIGN_IN_SECRET.map(secret => `${config.SIGN_IN} ${secret}`);
  const tokenKeys = keysFor('access tokens', secrets);
  const open = accessTokenOpener(tokenKeys, { issuer, audience: resource });
  const store = new SignInStore(records, secrets);
  const publicFetch = options.publicFetch ?? createPublicFetch();
  const requests = new WeakMap<IncomingMessage, FastifyRequest>();
  let consumeFetch: Consume | undefined;
  let consumeRefresh: ConsumeByKey | undefined;
  const requestInProgress = () => Provider.ctx && requests.get(Provider.ctx.req);
  const provider = createProvider({
    issuer,
    resource,
    scopes,
    store,
    tokenKey: tokenKeys[0],
    openToken: open,
    cookieKeys: keysFor('cookies', secrets),
    longestMs: config.SIGN_IN === 'oidc' ? LONGEST_COMPANY_SESSION_MS : LONGEST_MS,
    accepts: keyAcceptance(options.openPartoo, options.callerOf),
    documents: publishedDocuments({
      fetch: publicFetch.fetch,
      async mayFetch() {
        const request = requestInProgress();
        return request !== undefined && (await consumeFetch?.(request)) === undefined;
      },
      kept: store.usedClients,
    }),
    async countRefresh(grantId) {
      const request = requestInProgress();
      return request && consumeRefresh?.(request, grantId);
    },
    showProblem: problemPage(new URL(issuer).host),
    log,
  });
  const protectedResource = { issuer, resource, scopes };
  return {
    async routes(app: FastifyInstance) {
      app.addHook('onClose', () => publicFetch.close());
      // In a scope of their own: the pages count something else, and a rate limiter hides those of inner scopes.
      await app.register(async scope => {
        const limit = await createRateLimits(scope, options);
        consumeFetch = limit.byAddress(FETCHES);
        consumeRefresh = limit.byKey(REFRESHES);
        await scope.register(oauthRoutes, {
          provider,
          store,
          resource: protectedResource,
          addressOf,
          rateLimits: {
            authorizations: limit.byAddress(AUTHORIZATIONS),
            registrations: limit.byAddress(REGISTRATIONS),
            tokens: limit.byAddress(TOKENS),
          },
          onRequest: request => requests.set(request.raw, request),
        });
      });
      await app.register(options.pages, { provider, store });
    },
    challenge: problem => bearerChallenge(protectedResource, problem),
    scopesToStepUpTo: (body, held, revision) => scopesToStepUpTo(body, held, scopes, revision),
    isToken: isAccessToken,
    open,
  };
}
