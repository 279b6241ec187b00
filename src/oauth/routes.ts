import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FairShare } from '../core/fair-share.ts';
import type { Consume } from './clients/rate-limits.ts';
import { noticeAnswer, send } from './interaction/answers.ts';
import { textsFor } from './pages/languages.ts';
import type { SignInServer } from './server/finish-sign-in.ts';
import { ROUTES } from './server/paths.ts';
import { RETRY_AFTER_SECONDS } from './store/unavailable.ts';
import {
  type ProtectedResource,
  RESOURCE_METADATA_PATHS,
  resourceMetadata,
} from './tokens/protected-resource.ts';

interface RoutesOptions extends SignInServer {
  resource: ProtectedResource;
  addressOf(request: FastifyRequest): string;
  /** New authorization requests and registrations each leave a record; every refused request leaves a line in the log. */
  rateLimits: { authorizations: Consume; registrations: Consume; tokens: Consume };
  /** Called for each request that goes to oidc-provider. */
  onRequest(request: FastifyRequest): void;
}

/** Requests in progress. */
const MAX_REQUESTS = 200;
const MAX_REQUESTS_OF_ADDRESS = 20;
/** Bodies are a few kilobytes. */
const BODY_DEADLINE_MS = 5_000;
/** Kept until the sign-in ends. */
const MAX_STATE = 2 * 1024;
/** A registration or an authorization request leaves a record of about this size. */
const MAX_BODY_BYTES = 8 * 1024;
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
  const { provider, resource, addressOf, rateLimits, onRequest } = options;
  const handle = provider.callback();
  const { protocol, host } = new URL(resource.issuer);
  const inProgress = new FairShare(MAX_REQUESTS, MAX_REQUESTS_OF_ADDRESS);

  /** Gives a request to oidc-provider, which reads the body and writes the response by itself. */
  async function delegate(request: FastifyRequest, reply: FastifyReply) {
    const giveBack = inProgress.take(addressOf(request), 1);
    if (!giveBack) return tooMany(request, reply, { status: 503, what: 'requests at once' });
    // A connection that has closed emits no event that would give the share back.
    if (reply.raw.closed) return giveBack();
    const deadline = setTimeout(() => refuseLateBody(request, reply), BODY_DEADLINE_MS);
    reply.raw.once('close', () => {
      clearTimeout(deadline);
      giveBack();
    });
    return handOver(request, reply);
  }

  async function handOver(request: FastifyRequest, reply: FastifyReply) {
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

  function tooMany(
    request: FastifyRequest,
    reply: FastifyReply,
    { status, what, seconds = RETRY_AFTER_SECONDS }: { status: number; what: string; seconds?: number },
  ) {
    if (request.routeOptions.url?.startsWith(ROUTES.authorization)) {
      const texts = textsFor(request.headers['accept-language']);
      return send(reply, { ...noticeAnswer(texts, host, 'busy', status), retryAfterSeconds: seconds });
    }
    return refuse(
      reply.header('retry-after', seconds),
      status,
      'temporarily_unavailable',
      `too many ${what}`,
    );
  }

  const delegateWithin =
    (consume: Consume, what: string) => async (request: FastifyRequest, reply: FastifyReply) => {
      const { url, headers, routeOptions } = request;
      // A body without a length may be of any length; oidc-provider reads 56 KB of it.
      const unknown = routeOptions.url === ROUTES.registration ? Infinity : 0;
      if (Number(headers['content-length'] ?? unknown) > MAX_BODY_BYTES)
        return refuse(reply, 413, 'invalid_request', `more than ${MAX_BODY_BYTES} bytes`);
      if (url.length > MAX_AUTHORIZATION_URL)
        return refuse(reply, 414, 'invalid_request', 'the URL is too long');
      if (String((request.query as { state?: unknown }).state ?? '').length > MAX_STATE)
        return refuse(reply, 400, 'invalid_request', `state is longer than ${MAX_STATE} characters`);
      const excess = await consume(request);
      if (excess)
        return tooMany(request, reply, {
          status: 429,
          what: `${what} from ${excess.of}`,
          seconds: excess.seconds,
        });
      return delegate(request, reply);
    };

  app.get(ROUTES.authorization, delegateWithin(rateLimits.authorizations, 'sign-ins'));
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
    scope.post(ROUTES.token, delegateWithin(rateLimits.tokens, 'requests'));
    scope.post(ROUTES.revocation, delegateWithin(rateLimits.tokens, 'requests'));
    scope.post(ROUTES.registration, delegateWithin(rateLimits.registrations, 'registrations'));
    for (const url of METADATA) scope.get(url, handOver);
    for (const url of RESOURCE_METADATA_PATHS) scope.get(url, async () => metadata);
    for (const url of [ROUTES.token, ROUTES.revocation, ROUTES.registration]) allow(url, 'POST');
    for (const url of [...METADATA, ...RESOURCE_METADATA_PATHS]) allow(url, 'GET');
  });
}

function refuse(reply: FastifyReply, status: number, error: string, description: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ error, error_description: description });
}

/** Ends a request without its body. oidc-provider would wait for it. */
function refuseLateBody({ raw: request }: FastifyRequest, { raw: response }: FastifyReply): void {
  if (request.complete || response.headersSent) return;
  response.writeHead(408, { 'content-type': 'application/json', connection: 'close' });
  const error = { error: 'invalid_request', error_description: 'the body did not arrive in time' };
  response.end(JSON.stringify(error), () => request.destroy());
}
