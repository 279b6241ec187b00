import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.ts';
import type { EnabledTools } from '../../mcp/tool-filter/enabled-tools.ts';
import { credentialsOf, urlForRequest } from '../deployment/deployment.ts';
import { hostGuard } from '../guards/hosts.ts';
import { llmsTxt } from './llms-txt.ts';
import { serverCard } from './server-card.ts';

export interface DiscoveryOptions {
  config: Config;
  defaultTools: EnabledTools;
}

/** Any page may read these documents: they say nothing that depends on who asks. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET',
  'access-control-allow-headers': 'content-type, if-none-match',
  'access-control-expose-headers': 'etag',
};

/** GET /mcp/server-card and GET /llms.txt: what clients and agents read before they connect. */
export async function discovery(
  app: FastifyInstance,
  { config, defaultTools }: DiscoveryOptions,
): Promise<void> {
  const { version, PUBLIC_URL, ANONYMOUS_DISCOVERY } = config;
  const credentials = credentialsOf(config);
  app.addHook('onRequest', hostGuard({ ...config, ALLOWED_ORIGINS: ['*'] }));
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(CORS);
    done();
  });

  document('/mcp/server-card', 'application/mcp-server-card+json', url =>
    JSON.stringify(serverCard({ url, version, credentials }), null, 2),
  );
  document('/llms.txt', 'text/plain; charset=utf-8', url =>
    llmsTxt({ url, version, credentials, defaultTools: ANONYMOUS_DISCOVERY ? defaultTools : undefined }),
  );

  function document(path: string, type: string, textFor: (url: string) => string): void {
    app.get(path, (request, reply) => {
      const url = urlForRequest(config, request);
      if (url === undefined) return reply.code(400).send({ error: 'The Host header names no host' });
      // Without PUBLIC_URL it depends on the Host header, so that caches ask each time.
      reply
        .header('cache-control', PUBLIC_URL === undefined ? 'no-cache' : 'public, max-age=3600')
        .type(type);
      return sendOnce(request, reply, textFor(url));
    });
    app.options(path, (_request, reply) => reply.code(204).send());
    app.route({
      method: ['POST', 'PUT', 'PATCH', 'DELETE'],
      url: path,
      handler: (_request, reply) =>
        reply
          .code(405)
          .header('allow', 'GET, HEAD, OPTIONS')
          .send({ error: 'Method not allowed: this is a document' }),
    });
  }
}

/** Sends a text, or 304 to a client that has it. As bytes, because Fastify adds a charset to the types of strings. */
function sendOnce(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  reply.header('etag', etag);
  // Proxies that compress mark the tag as weak.
  const known = request.headers['if-none-match']?.split(',').map(tag => tag.trim().replace(/^W\//, ''));
  return known?.includes(etag) ? reply.code(304).send() : reply.send(Buffer.from(text));
}
