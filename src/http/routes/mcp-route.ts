import { isJsonContentType } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inBackground } from '../../core/background.ts';
import type { Caller } from '../../core/caller.ts';
import type { McpEndpoint } from '../../mcp/endpoint.ts';
import type { RequestParts, ToolFilter } from '../../mcp/tool-filter/tool-filter.ts';
import { type BadKeysOptions, watchBadKeys } from '../authentication/failed-authentication-throttle.ts';
import type { Identify } from '../authentication/identify.ts';
import { keyInUrl } from '../authentication/key-in-url.ts';
import { disconnectSignal } from '../connections/disconnect.ts';
import {
  badToolFilter,
  JSON_RPC,
  KEY_CHALLENGE,
  keyInUrlRefused,
  mcpErrorHandler,
  NEEDS_KEY,
  refuse,
  UNSUPPORTED_ENCODING,
  UNSUPPORTED_MEDIA_TYPE,
} from '../errors.ts';
import { boundBodies } from '../guards/body-budget.ts';
import { allowPages } from '../guards/cors.ts';
import { type HostRules, hostGuard } from '../guards/hosts.ts';
import { bytesOf, readJsonBodies } from '../guards/json-body.ts';
import { type OverloadOptions, refuseOverload } from '../guards/overload.ts';

export interface McpRouteOptions extends OverloadOptions {
  endpoint: McpEndpoint;
  hosts: HostRules;
  /** Whose request it is. */
  identify: Identify;
  /** What a request may use. */
  filterTools: ToolFilter;
  /** Whether a request without a key may list the tools. */
  anonymousDiscovery: boolean;
  badKeys: BadKeysOptions;
  /** Learns whether Partoo accepts a key, where that is not known. Rejects for a key that it refuses. */
  checkKey(caller: Caller, signal: AbortSignal): Promise<unknown>;
}

/** More than a usual call, and so little that it costs a few milliseconds whatever it holds. */
const LARGE_BODY_BYTES = 16 * 1024;

const tooManyBadKeys = (seconds: number) =>
  `Too many calls from this address with keys that Partoo refuses, or of which nothing is known yet. Wait ${seconds} seconds, and check the key`;

/** POST /mcp: streamable HTTP without sessions. */
export async function mcpRoute(app: FastifyInstance, options: McpRouteOptions): Promise<void> {
  const { endpoint, hosts, identify, filterTools, anonymousDiscovery, checkKey } = options;
  const parseBody = readJsonBodies(app);
  app.setErrorHandler(mcpErrorHandler);
  // First of the hooks: it reads the caller's address while the connection is sure to be there.
  const badKeys = await watchBadKeys(app, options.badKeys);
  app.addHook('onRequest', hostGuard(hosts));
  boundBodies(app, {
    accepts: key => options.badKeys.keyStatus.accepts(key),
    keyHashOf: request => identify(request.raw)?.keyHash,
    freeBytes: LARGE_BODY_BYTES,
  });
  await allowPages(app, hosts);
  await refuseOverload(app, options);

  /** Whether the body may be read in every way that costs: it is small, or its key is not known to be a bad one. */
  async function mayCost(request: FastifyRequest, caller: Caller | undefined, signal: AbortSignal) {
    if (bytesOf(request).length <= LARGE_BODY_BYTES) return true;
    if (!caller) return false;
    const isBad = () => false;
    return checkKey(caller, signal).then(() => true, isBad);
  }

  app.post<{ Querystring: RequestParts['query'] }>('/mcp', async (request, reply) => {
    if (!isJsonContentType(request.headers['content-type'] ?? null))
      return refuse(reply, UNSUPPORTED_MEDIA_TYPE);
    if (!/^(identity)?$/i.test(request.headers['content-encoding'] ?? ''))
      return refuse(reply, UNSUPPORTED_ENCODING);
    const identified = identify(request.raw);
    const caller: Caller | undefined = identified && {
      ...identified,
      address: request.callerAddress,
      // Learnt in the middle of a call: the answer may have begun to stream by then.
      onRefused: () => inBackground(request.log, 'the count of a bad key', () => badKeys.count(request)),
    };
    const misplaced = caller ? undefined : keyInUrl(request.query);
    if (misplaced !== undefined) return refuse(reply, keyInUrlRefused(misplaced));
    if (!caller && !anonymousDiscovery) {
      return refuse(reply.header('www-authenticate', KEY_CHALLENGE), NEEDS_KEY);
    }
    // Before anything is waited for: who goes away meanwhile is noticed.
    const signal = disconnectSignal(reply);
    const filtered = filterTools({ headers: request.raw.headersDistinct, query: request.query });
    if ('problems' in filtered) return refuse(reply, badToolFilter(filtered.problems));
    const seconds = caller && (await badKeys.refusedFor(request, reply, caller));
    if (seconds !== undefined) {
      reply.header('retry-after', seconds);
      return refuse(reply, { status: 429, code: JSON_RPC.refused, message: tooManyBadKeys(seconds) });
    }
    const body = await parseBody(request, { exact: await mayCost(request, caller, signal) });
    const answer = await endpoint({
      headers: request.headers,
      body,
      signal,
      caller,
      enabledTools: filtered.enabledTools,
      requestId: request.id,
    });
    return answer instanceof Response ? reply.send(answer) : reply.type('application/json').send(answer);
  });

  app.route({
    method: ['GET', 'DELETE', 'PUT', 'PATCH'],
    url: '/mcp',
    handler: (_request, reply) => {
      reply.header('allow', 'POST');
      const message = 'Method not allowed: this server keeps no sessions, every message is a POST';
      return refuse(reply, { status: 405, code: JSON_RPC.refused, message });
    },
  });
}
