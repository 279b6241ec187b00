import type { FastifyInstance } from 'fastify';
import { preferredLanguage } from '../../core/pages/languages.ts';
import { ICON } from '../../mcp/catalog/server-info.ts';
import { allowedPages, hostGuard } from '../guards/hosts.ts';
import { createModel, type Deployment } from './model/model.ts';
import { CONTENT_SECURITY_POLICY, connectPage } from './page.ts';

export interface ConnectPageOptions extends Pick<Deployment, 'config'> {
  demoKeys?: Deployment['demoKeys'];
}

const ICON_SECONDS = 86_400;

/** GET /: says in a browser what this is and how to connect. */
export async function connectPageRoute(
  app: FastifyInstance,
  { config, demoKeys = [] }: ConnectPageOptions,
): Promise<void> {
  const modelOf = createModel({ config, demoKeys });
  const mayCall = allowedPages(config);
  app.addHook('onRequest', hostGuard(config));
  app.get('/', (request, reply) => {
    reply
      // The page depends on the Host header.
      .header('cache-control', 'no-store')
      .header('vary', 'Accept-Language')
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('cross-origin-opener-policy', 'same-origin')
      .header('referrer-policy', 'no-referrer');
    const { protocol, headers } = request;
    // Not request.host: with TRUST_PROXY that is X-Forwarded-Host, which a page can set.
    const { host = '', 'accept-language': languages } = headers;
    return connectPage(
      modelOf({
        request,
        language: preferredLanguage(languages),
        mayCall: mayCall(`${protocol}://${host}`, host),
      }),
    );
  });

  for (const path of ['/favicon.svg', '/favicon.ico']) {
    app.get(path, (_request, reply) =>
      reply.header('cache-control', `public, max-age=${ICON_SECONDS}`).type('image/svg+xml').send(ICON),
    );
  }
}
