import { isJsonContentType } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.ts';
import type { Caller } from '../../core/caller.ts';
import type { McpEndpoint } from '../../mcp/endpoint.ts';
import type { RequestParts, ToolFilter } from '../../mcp/tool-filter/tool-filter.ts';
import { untrackedCall } from '../../partoo/client/call.ts';
import type { CheckKey } from '../../partoo/partoo.ts';
import { type Authenticate, authenticateRequests } from '../authentication/authenticate.ts';
import {
  limitFailedAuthentication,
  type ThrottleOptions,
} from '../authentication/failed-authentication-throttle.ts';
import { keyInUrl } from '../authentication/key-in-url.ts';
import { disconnectSignal } from '../connections/disconnect.ts';
import { mcpErrorHandler } from '../errors/error-handlers.ts';
import {
  badToolFilter,
  INSUFFICIENT_SCOPE,
  KEY_CHALLENGE,
  keyInUrlRefused,
  needs,
  type Refusal,
  refusal,
  refuse,
  SIGN_IN_REQUIRED,
  tooManyKeys,
  UNSUPPORTED_ENCODING,
  UNSUPPORTED_MEDIA_TYPE,
} from '../errors/refusals.ts';
import { limitBodyMemory } from '../guards/body-budget.ts';
import { allowPages } from '../guards/cors.ts';
import { hostGuard } from '../guards/hosts.ts';
import { bytesOf, readJsonBodies } from '../guards/json-body.ts';
import { refuseOverload } from '../guards/overload.ts';

export interface McpRouteOptions extends ThrottleOptions {
  config: Config;
  endpoint: McpEndpoint;
  authenticate: Authenticate;
  filterTools: ToolFilter;
  checkKey: CheckKey;
}

/** More than most calls need, and cheap to parse whatever it holds. */
const LARGE_BODY_BYTES = 16 * 1024;

const METHOD_NOT_ALLOWED = refusal(
  405,
  'Method not allowed: this server keeps no sessions, every message is a POST',
);

/** POST /mcp: streamable HTTP without sessions. */
export async function mcpRoute(app: FastifyInstance, options: McpRouteOptions): Promise<void> {
  const { config, endpoint, authenticate, filterTools, keys, checkKey } = options;
  const parseBody = readJsonBodies(app);
  app.setErrorHandler(mcpErrorHandler);
  const throttle = await limitFailedAuthentication(app, options);
  app.addHook('onRequest', hostGuard(config));
  authenticateRequests(app, authenticate);
  limitBodyMemory(app, LARGE_BODY_BYTES, keys);
  await allowPages(app, config);
  await refuseOverload(app, config.MAX_EVENT_LOOP_DELAY_MS);

  /** A large body may be costly to parse exactly, so a key that Partoo rejects does not get that. */
  async function mayParseExactly(request: FastifyRequest, caller: Caller | undefined, signal: AbortSignal) {
    if (bytesOf(request).length <= LARGE_BODY_BYTES) return true;
    if (!caller) return false;
    return checkKey(untrackedCall(caller, config.TOOL_DEADLINE_MS, signal)).then(
      () => true,
      () => false,
    );
  }

  app.post<{ Querystring: RequestParts['query'] }>('/mcp', async (request, reply) => {
    const { headers, query, raw } = request;
    if (!isJsonContentType(headers['content-type'] ?? null)) return refuse(reply, UNSUPPORTED_MEDIA_TYPE);
    if (!/^(identity)?$/i.test(headers['content-encoding'] ?? '')) return refuse(reply, UNSUPPORTED_ENCODING);
    const { caller, signedIn, error, challenge } = request.authentication;
    const keyRejected = () => (caller && keys.rejects(caller.keyHash) ? signedIn?.keyRejected : undefined);
    const parameter = caller ? undefined : keyInUrl(query);
    if (parameter !== undefined) return refuse(reply, keyInUrlRefused(parameter));
    const signIn = challenge ?? keyRejected();
    if (signIn) return refuseWith(reply, signIn, SIGN_IN_REQUIRED);
    if (!caller && !config.ANONYMOUS_DISCOVERY) {
      return refuseWith(reply, KEY_CHALLENGE, needs(error?.code));
    }
    const filtered = filterTools({ headers: raw.headersDistinct, query, restriction: caller?.restriction });
    if ('problems' in filtered) return refuse(reply, badToolFilter(filtered.problems));
    const signal = disconnectSignal(reply);
    signal.throwIfAborted();
    // Partoo accepted the key of a sign-in then: others behind the same address do not slow it down.
    const mayBeBad = caller && !signedIn;
    const seconds = mayBeBad && (await throttle.retryAfter(request, reply, caller.keyHash));
    if (seconds) return refuse(reply.header('retry-after', seconds), tooManyKeys(seconds));
    const body = await parseBody(request, { exact: await mayParseExactly(request, caller, signal) });
    // The throttle has counted by now, and would not see a key that is looked up after its client disconnected.
    signal.throwIfAborted();
    const stepUp = signedIn?.stepUp(body, headers['mcp-protocol-version']);
    if (stepUp) return refuseWith(reply, stepUp, INSUFFICIENT_SCOPE);
    const response = await endpoint({
      headers,
      body,
      signal,
      caller: caller ?? error,
      enabledTools: filtered.enabledTools,
      requestId: request.id,
    });
    const signInAgain = keyRejected();
    if (signInAgain) {
      // The client can mend what its model cannot.
      if (response instanceof Response) await response.body?.cancel();
      return refuseWith(reply, signInAgain, SIGN_IN_REQUIRED);
    }
    return response instanceof Response
      ? reply.send(response)
      : reply.type('application/json').send(response);
  });

  app.route({
    method: ['GET', 'DELETE', 'PUT', 'PATCH'],
    url: '/mcp',
    handler: (_request, reply) => refuse(reply.header('allow', 'POST'), METHOD_NOT_ALLOWED),
  });
}

const refuseWith = (reply: FastifyReply, challenge: string, why: Refusal) =>
  refuse(reply.header('www-authenticate', challenge), why);
