import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FairShare } from '../core/fair-share.ts';
import type { Spend } from './clients/budgets.ts';
import type { SignInServer } from './server/finish-sign-in.ts';
import { ROUTES } from './server/provider.ts';
import {
  type ProtectedResource,
  RESOURCE_METADATA_PATHS,
  resourceMetadata,
} from './tokens/protected-resource.ts';

export interface RoutesOptions extends SignInServer {
  resource: ProtectedResource;
  addressOf(request: FastifyRequest): string;
  /** New authorization requests and registrations each leave a record. */
  budgets: { authorizations: Spend; registrations: Spend };
  /** Called for each request that goes to oidc-provider. */
  onRequest(request: FastifyRequest): void;
}

/** Requests in progress, each with a body of up to 56 KB in memory. */
const MAX_REQUESTS = 200;
const RETRY_AFTER_SECONDS = 5;
/** Each leaves a record of about this size. */
const MAX_REGISTRATION_BYTES = 8 * 1024;
const MAX_AUTHORIZATION_URL = 8 * 1024;

/** CORS. No cookie counts at these endpoints, so pages of any origin may call them. @fastify/cors is there once, for /mcp. */
const FOR_ANY_PAGE = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'www-authenticate, retry-after, x-request-id',
};
const PREFLIGHT = {
  'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
  'access-control-max-age': 7_200,
};

const METADATA = [
  '/.well-known/oauth-authorization-server',
  '/.well-known/openid-configuration',
  ROUTES.jwks,
];

/** The endpoints of oidc-provider and the metadata of the protected resource. */
export async function oauthRoutes(app: FastifyInstance, options: RoutesOptions): Promise<void> {
  const { provider, resource, addressOf, budgets, onRequest } = options;
  const handle = provider.callback();
  const { protocol, host } = new URL(resource.issuer);
  const inProgress = new FairShare(MAX_REQUESTS);

  /** Gives a request to oidc-provider, which reads the body and writes the response by itself. */
  async function delegate(request: FastifyRequest, reply: FastifyReply) {
    const giveBack = inProgress.take(addressOf(request), 1);
    if (!giveBack) return refuse(reply, 503, 'too many requests at once', RETRY_AFTER_SECONDS);
    // A connection that has closed emits no event that would give the share back.
    if (reply.raw.closed) return giveBack();
    reply.raw.once('close', giveBack);
    // Whatever a proxy says or leaves out, the URLs of this server begin with PUBLIC_URL.
    Object.assign(request.raw.headers, {
      'x-forwarded-proto': protocol.slice(0, -1),
      'x-forwarded-host': host,
    });
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    onRequest(request);
    reply.hijack();
    await handle(request.raw, reply.raw);
  }

  const delegateWithin =
    (spend: Spend, what: string) => async (request: FastifyRequest, reply: FastifyReply) => {
      const { method, url, headers } = request;
      // A body without a length may be of any length.
      const bytes = method === 'GET' ? 0 : Number(headers['content-length'] ?? Infinity);
      if (bytes > MAX_REGISTRATION_BYTES)
        return refuse(reply, 413, `more than ${MAX_REGISTRATION_BYTES} bytes`);
      if (url.length > MAX_AUTHORIZATION_URL) return refuse(reply, 414, 'the URL is too long');
      const seconds = await spend(request);
      if (seconds !== undefined) return refuse(reply, 429, `too many ${what} from this address`, seconds);
      return delegate(request, reply);
    };

  app.get(ROUTES.authorization, delegateWithin(budgets.authorizations, 'sign-ins were begun'));
  app.get(`${ROUTES.authorization}/:uid`, delegate);

  await app.register(async scope => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers(FOR_ANY_PAGE);
    });
    const allow = (url: string, method: 'GET' | 'POST') =>
      scope.options(url, (_request, reply) =>
        reply
          .code(204)
          .headers({ ...PREFLIGHT, 'access-control-allow-methods': method })
          .send(),
      );
    const metadata = resourceMetadata(resource);
    scope.post(ROUTES.token, delegate);
    scope.post(ROUTES.revocation, delegate);
    scope.post(ROUTES.registration, delegateWithin(budgets.registrations, 'registrations'));
    for (const url of METADATA) scope.get(url, delegate);
    for (const url of RESOURCE_METADATA_PATHS) scope.get(url, async () => metadata);
    for (const url of [ROUTES.token, ROUTES.revocation, ROUTES.registration]) allow(url, 'POST');
    for (const url of [...METADATA, ...RESOURCE_METADATA_PATHS]) allow(url, 'GET');
  });
}

function refuse(reply: FastifyReply, status: number, description: string, retryAfter?: number): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  const error = retryAfter === undefined ? 'invalid_request' : 'temporarily_unavailable';
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ error, error_description: description });
}
