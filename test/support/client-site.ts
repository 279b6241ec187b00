import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ClientSite {
  origin: string;
  /** What browsers requested, the oldest first, except icons. */
  requests: { url: string; referer: string | undefined }[];
  close(): Promise<void>;
}

/** The website of a client: pages by path, and `302` to a URL where a page is `{ redirect }`. */
export async function startClientSite(
  pages: Record<string, string | { redirect: string }> = {},
  host = '127.0.0.1',
): Promise<ClientSite> {
  const requests: ClientSite['requests'] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const url = new URL(request.url ?? '', 'http://client');
    if (url.pathname === '/favicon.ico') return response.writeHead(204).end();
    requests.push({ url: String(request.url), referer: request.headers.referer });
    const page = pages[url.pathname] ?? '<title>Client</title><h1>Back at the client</h1>';
    if (typeof page !== 'string')
      return response.writeHead(302, { location: page.redirect + url.search }).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>${page}`);
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
