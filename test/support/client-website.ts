import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface ClientWebsite {
  /** `https://`, the host name and a port; only its certificate and a look-up to loopback make it reachable. */
  origin: string;
  /** The certificate to trust. */
  ca: string;
  /** What it serves, by path. */
  documents: Map<string, object>;
  /** Paths that were requested, the oldest first. */
  requests: string[];
  close(): Promise<void>;
}

/** Starts the website on which a client publishes its metadata and its keys. */
export async function startClientWebsite(host: string): Promise<ClientWebsite> {
  const { cert, key } = await selfSigned(host);
  const documents = new Map<string, object>();
  const requests: string[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const document = documents.get(path);
    response.statusCode = document ? 200 : 404;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `https://${host}:${(server.address() as AddressInfo).port}`,
    ca: cert,
    documents,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function selfSigned(host: string): Promise<{ cert: string; key: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'certificate-'));
  try {
    const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const name = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`, '-days', '2'];
    await promisify(execFile)('openssl', ['req', '-x509', ...curve, ...name, '-keyout', key, '-out', cert]);
    return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
  } finally {
    await rm(directory, { recursive: true });
  }
}
