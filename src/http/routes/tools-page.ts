import type { FastifyInstance, FastifyReply } from 'fastify';
import { serverIdentity } from '../../mcp/catalog/server-info.ts';
import type { ListTools } from '../../mcp/catalog/tool-list.ts';
import { HEADERS } from '../../mcp/tool-filter/near-misses.ts';
import type { RequestParts, ToolFilter } from '../../mcp/tool-filter/tool-filter.ts';
import type { Identify } from '../authentication/identify.ts';
import { badToolFilter, KEY_CHALLENGE, NEEDS_KEY, type Refusal } from '../errors/refusals.ts';
import { type HostRules, hostGuard } from '../guards/hosts.ts';

export interface ToolsPageOptions {
  hosts: HostRules;
  version: string;
  identify: Identify;
  filterTools: ToolFilter;
  listTools: ListTools;
  /** Whether a request without a key may list the tools. */
  anonymousDiscovery: boolean;
}

/** GET /tools: the result of `tools/list`, for people without a client. Takes the same tool filters as /mcp. */
export async function toolsPage(app: FastifyInstance, options: ToolsPageOptions): Promise<void> {
  const { identify, filterTools, listTools, anonymousDiscovery } = options;
  const { name, title, version } = serverIdentity(options.version);

  app.addHook('onRequest', hostGuard(options.hosts));
  app.get<{ Querystring: RequestParts['query'] }>('/tools', (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (!anonymousDiscovery && !identify(request.raw)) {
      return refuseAsJson(reply.header('www-authenticate', KEY_CHALLENGE), NEEDS_KEY);
    }
    const filtered = filterTools({ headers: request.raw.headersDistinct, query: request.query });
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
