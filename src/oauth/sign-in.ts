import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Caller } from '../core/caller.ts';
import type { CheckKey } from '../partoo/partoo.ts';
import { MinuteBudget } from './clients/minute-budget.ts';
import { createPublicFetch } from './clients/public-fetch.ts';
import { oauthRoutes } from './routes.ts';
import type { SignInServer } from './server/finish-sign-in.ts';
import { keyAcceptance } from './server/key-acceptance.ts';
import { createProvider } from './server/provider.ts';
import { type SignInRecords, SignInStore } from './store/sign-in-store.ts';
import { accessTokenOpener, isAccessToken, type Session } from './tokens/access-token.ts';
import { bearerChallenge, type ChallengeProblem } from './tokens/protected-resource.ts';
import { type ScopeSettings, scopesOffered } from './tokens/scopes.ts';
import { keysFor } from './tokens/secrets.ts';

export interface SignInOptions {
  config: ScopeSettings & { PUBLIC_URL: string; SIGN_IN_SECRET: readonly string[] };
  records: SignInRecords;
  checkKey: CheckKey;
  callerOf(key: string): Caller;
  /** The address that limits count a request by. */
  addressOf(request: FastifyRequest): string;
  /** The pages that a person sees, at `/oauth/sign-in/:uid`. */
  pages: FastifyPluginAsync<SignInServer>;
  log: Logger;
  /** For tests: fetches what clients publish. */
  publicFetch?: ReturnType<typeof createPublicFetch>;
}

export interface SignIn {
  /** Serves sign-in. Register it in a scope without body parsers. */
  routes: FastifyPluginAsync;
  /** Returns the `WWW-Authenticate` header that makes a client sign in. */
  challenge(problem?: ChallengeProblem): string;
  /** Whether a bearer token is one of this server by its form. */
  isToken(text: string): boolean;
  /** Returns what a token allows; undefined for one that is expired, or was sealed for another server. */
  open(token: string): Promise<Session | undefined>;
}

const AUTHORIZATIONS_PER_MINUTE = { perAddress: 60, total: 1_200 };
const FETCHES_PER_MINUTE = { perAddress: 20, total: 300 };

/** Sign-in for clients that cannot send a Partoo key in a header. */
export async function createSignIn(options: SignInOptions): Promise<SignIn> {
  const { config, records, addressOf, log } = options;
  const issuer = new URL(config.PUBLIC_URL).origin;
  const resource = `${issuer}/mcp`;
  const scopes = scopesOffered(config);
  const tokenKeys = keysFor('access tokens', config.SIGN_IN_SECRET);
  const store = new SignInStore(records, config.SIGN_IN_SECRET);
  const publicFetch = options.publicFetch ?? createPublicFetch();
  const fetches = new MinuteBudget(FETCHES_PER_MINUTE);
  const provider = createProvider({
    issuer,
    resource,
    scopes,
    store,
    tokenKey: tokenKeys[0],
    accepts: keyAcceptance(options.checkKey, options.callerOf),
    fetch: publicFetch.fetch,
    mayFetch: ctx => fetches.take(ctx.req.socket.remoteAddress ?? ''),
    showProblem(ctx, { error, error_description = error }) {
      ctx.type = 'text/plain';
      ctx.body = `Sign-in cannot go on: ${error_description}.`;
    },
    log,
  });
  const protectedResource = { issuer, resource, scopes };
  return {
    async routes(app: FastifyInstance) {
      app.addHook('onClose', () => publicFetch.close());
      await app.register(oauthRoutes, {
        provider,
        store,
        resource: protectedResource,
        addressOf,
        authorizations: new MinuteBudget(AUTHORIZATIONS_PER_MINUTE),
      });
      await app.register(options.pages, { provider, store });
    },
    challenge: problem => bearerChallenge(protectedResource, problem),
    isToken: isAccessToken,
    open: accessTokenOpener(tokenKeys, { issuer, audience: resource }),
  };
}
