import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../../config/config.ts';
import { serverIdentity } from '../../mcp/catalog/server-info.ts';
import type { ListTools } from '../../mcp/catalog/tool-list.ts';
import { HEADERS } from '../../mcp/tool-filter/near-misses.ts';
import type { RequestParts, ToolFilter } from '../../mcp/tool-filter/tool-filter.ts';
import { type Authenticate, authenticateRequests } from '../authentication/authenticate.ts';
import { badToolFilter, KEY_CHALLENGE, needs, type Refusal } from '../errors/refusals.ts';
import { hostGuard } from '../guards/hosts.ts';

export interface ToolsPageOptions {
  config: Config;
  authenticate: Authenticate;
  filterTools: ToolFilter;
  listTools: ListTools;
}

/** GET /tools: the result of `tools/list`, for people without a client. Takes the same tool filters as /mcp. */
export async function toolsPage(app: FastifyInstance, options: ToolsPageOptions): Promise<void> {
  const { config, authenticate, filterTools, listTools } = options;
  const { name, title, version } = serverIdentity(config.version);

  app.addHook('onRequest', hostGuard(config));
  authenticateRequests(app, authenticate);
  app.get<{ Querystring: RequestParts['query'] }>('/tools', (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { caller, error } = request.authentication;
    if (!config.ANONYMOUS_DISCOVERY && !caller) {
      return refuseAsJson(reply.header('www-authenticate', KEY_CHALLENGE), needs(error?.code));
    }
    const filtered = filterTools({
      headers: request.raw.headersDistinct,
      query: request.query,
      restriction: caller?.restriction,
    });
    if ('problems' in filtered) return refuseAsJson(reply, badToolFilter(filtered.problems));
    const { tools, cacheHint } = listTools(filtered.enabledTools);
    return reply
      .header('cache-control', `${cacheHint.cacheScope}, max-age=${cacheHint.ttlMs / 1000}`)
      .header('vary', HEADERS.join(', '))
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ server: { name, title, version }, tools }, null, 2));
  });

  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/tools',
    handler: (_request, reply) => {
      reply.code(405).header('allow', 'GET, HEAD');
      return reply.send({ error: 'Method not allowed: GET shows the tools, POST /mcp calls them' });
    },
  });
}

const refuseAsJson = (reply: FastifyReply, { status, message }: Refusal) =>
  reply.code(status).send({ error: message });
