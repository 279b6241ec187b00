import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPublicFetch, type LookUp, type PublicFetch } from '../../src/oauth/clients/public-fetch.ts';

/** The address that counts as public in these tests. */
export const PUBLIC_ADDRESS = '127.0.0.1';

export interface Web {
  /** Responds to the requests to every host of this web. */
  server: Server;
  port: number;
  /** Every path that was requested. */
  requested: string[];
  /** Sets what a host resolves to; by default every host is public. */
  resolve(host: string, addresses: string[]): void;
  fetcher(more?: { lookUp: LookUp }): PublicFetch;
  close(): Promise<void>;
}

/** Starts an HTTPS server that stands for the whole web: it is every host below `.web.example`. */
export async function startWeb(handler: RequestListener): Promise<Web> {
  const directory = await mkdtemp(join(tmpdir(), 'partoo-mcp-web-'));
  const [certFile, keyFile] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = 'subjectAltName=DNS:*.web.example,DNS:localhost,IP:127.0.0.1';
  const name = ['-subj', '/CN=web', '-addext', names, '-days', '2'];
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    ...curve,
    ...name,
    '-keyout',
    keyFile,
    '-out',
    certFile,
  ]);
  const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)]);
  await rm(directory, { recursive: true });
  const requested: string[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    requested.push(request.url ?? '');
    handler(request, response);
  }).listen(0, PUBLIC_ADDRESS);
  await once(server, 'listening');
  const hosts = new Map<string, string[]>();
  const lookUp: LookUp = async host =>
    (hosts.get(host) ?? [PUBLIC_ADDRESS]).map(address => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
  return {
    server,
    port: (server.address() as { port: number }).port,
    requested,
    resolve: (host, addresses) => void hosts.set(host, addresses),
    fetcher: more => createPublicFetch({ lookUp, ca: cert, allow: [PUBLIC_ADDRESS], ...more }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
