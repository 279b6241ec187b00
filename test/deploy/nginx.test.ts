import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snippets } from '../support/doc-snippets.ts';
import { freePort } from '../support/free-port.ts';
import { hasNginx, type Nginx, nginxConfiguration, startNginx } from '../support/nginx.ts';
import { rpc } from '../support/rpc.ts';
import { type RunningPair, startPair } from '../support/start.ts';

const HOST = 'mcp.example.com';
const CALL = JSON.stringify(rpc('tools/call', { name: 'search_businesses', arguments: { city: 'Lyon' } }));

/** The file of docs/deployment.md, with free ports and a self-signed certificate for the operator's. */
describe.skipIf(!hasNginx())('the documented nginx configuration', () => {
  let pair: RunningPair;
  let nginx: Nginx;
  let tlsPort: number;

  beforeAll(async () => {
    pair = await startPair({ HOST: '127.0.0.1', ALLOWED_HOSTS: HOST, TRUST_PROXY: 'loopback' });
    const port = await freePort();
    tlsPort = await freePort();
    const [first, second] = [new URL(pair.origin).port, `${await freePort()}`];
    nginx = await startNginx(port, directory => {
      makeCertificate(directory);
      const [file = ''] = snippets('nginx', 'nginx', 'docs/deployment.md');
      const site = replaceAll(file, [
        ['127.0.0.1:3000', `127.0.0.1:${first}`],
        // Nothing listens here: calls must go to the other replica.
        ['127.0.0.1:3001', `127.0.0.1:${second}`],
        ['listen 80;', `listen 127.0.0.1:${port};`],
        ['listen 443 ssl;', `listen 127.0.0.1:${tlsPort} ssl;`],
        [`/etc/letsencrypt/live/${HOST}/fullchain.pem`, `${directory}/cert.pem`],
        [`/etc/letsencrypt/live/${HOST}/privkey.pem`, `${directory}/key.pem`],
      ]);
      return nginxConfiguration(site, directory);
    });
  });
  afterAll(async () => {
    await nginx?.stop();
    await pair?.close();
  });

  test('serves tool calls over TLS, also while one of two replicas is down', async () => {
    for (let i = 0; i < 4; i++) {
      const { status, body } = await post('/mcp', CALL);
      expect(status).toBe(200);
      expect(JSON.parse(body).result.structuredContent).toMatchObject({ businesses: expect.any(Array) });
    }
  });

  test('passes the caller’s host on, which the server checks', async () => {
    expect((await post('/mcp', CALL, 'other.example.com')).status).toBe(403);
  });

  test('refuses a body that the server would refuse', async () => {
    expect((await post('/mcp', 'x'.repeat(300 * 1024))).status).toBe(413);
  });

  test('redirects plain HTTP to TLS and keeps the method', async () => {
    const response = await fetch(`${nginx.origin}/mcp`, { method: 'POST', redirect: 'manual', body: CALL });
    expect([response.status, response.headers.get('location')]).toEqual([308, 'https://127.0.0.1/mcp']);
  });

  function post(path: string, body: string, host = HOST): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const headers = { host, 'content-type': 'application/json', 'x-APIKey': 'demo-admin' };
      const ca = readFileSync(join(nginx.directory, 'cert.pem'));
      const options = {
        host: '127.0.0.1',
        port: tlsPort,
        servername: HOST,
        ca,
        path,
        method: 'POST',
        headers,
      };
      const sent = request(options, response => {
        let text = '';
        response.setEncoding('utf8').on('data', chunk => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
});

function makeCertificate(directory: string): void {
  const subject = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
  const files = ['-keyout', join(directory, 'key.pem'), '-out', join(directory, 'cert.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject, ...files],
    {
      stdio: 'ignore',
    },
  );
}

function replaceAll(text: string, replacements: [string, string][]): string {
  return replacements.reduce((replaced, [from, to]) => {
    if (!replaced.includes(from)) throw new Error(`docs/deployment.md has no ${from}`);
    return replaced.replaceAll(from, to);
  }, text);
}
