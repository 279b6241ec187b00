import { execFileSync } from 'node:child_process';
import dns from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTransport } from '../../../src/partoo/client/transport.ts';
import { freePort } from '../../support/free-port.ts';

/** A write that never left this machine was certainly not carried out. */

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const REQUEST = {
  method: 'POST',
  target: '/messages',
  key: 'k',
  keyHash: 'hash',
  body: {},
  timeoutMs: 5_000,
  deadlineMs: 10_000,
} as const;

function write(baseUrl: string, timeoutMs = 5_000) {
  const transport = createTransport({ baseUrl, userAgent: 'test' });
  closers.push(() => transport.close());
  return transport.attempt({ ...REQUEST, body: { a: 1 }, timeoutMs });
}

function selfSigned() {
  const folder = mkdtempSync(join(tmpdir(), 'partoo-mcp-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const about = ['-subj', '/CN=localhost', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...about], {
    stdio: 'ignore',
  });
  closers.push(() => rmSync(folder, { recursive: true }));
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

describe('a write counts as never sent', () => {
  test('when every address of the host refuses the connection', async () => {
    const port = await freePort();
    const both = [
      { address: '127.0.0.1', family: 4 },
      { address: '127.0.0.2', family: 4 },
    ];
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((...given: unknown[]) => {
      (given.at(-1) as (error: null, found: typeof both) => void)(null, both);
    }) as never);
    closers.push(() => lookup.mockRestore());
    const attempt = await write(`http://partoo.test:${port}/v2`);
    expect(attempt).toMatchObject({ kind: 'not_sent', cause: expect.any(AggregateError) });
  });

  test('when the host has no address', async () => {
    expect(await write('http://partoo.invalid/v2')).toMatchObject({ kind: 'not_sent' });
  });

  test('when the server does not speak TLS', async () => {
    const port = await listening(createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await write(`https://127.0.0.1:${port}/v2`)).toMatchObject({ kind: 'not_sent' });
  });

  test('when the connection closes during the TLS handshake', async () => {
    const port = await listening(createServer(socket => socket.once('data', () => socket.destroy())));
    expect(await write(`https://127.0.0.1:${port}/v2`)).toMatchObject({ kind: 'not_sent' });
  });

  test('when the certificate is not trusted, or the TLS versions do not match', async () => {
    const own = selfSigned();
    const untrusted = await listening(createTlsServer(own));
    expect(await write(`https://127.0.0.1:${untrusted}/v2`)).toMatchObject({ kind: 'not_sent' });
    const old = createTlsServer({ ...own, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' });
    expect(await write(`https://127.0.0.1:${await listening(old)}/v2`)).toMatchObject({ kind: 'not_sent' });
  });

  test('when its time runs out before there is a connection', async () => {
    const held = createServer(socket => closers.push(() => socket.destroy()));
    const started = performance.now();
    const attempt = await write(`https://127.0.0.1:${await listening(held)}/v2`, 100);
    expect(attempt).toMatchObject({ kind: 'not_sent', endedBy: 'timeout' });
    expect(performance.now() - started, 'without waiting longer').toBeLessThan(3_000);
  });
});

describe('a write is in doubt', () => {
  test('when the connection closes after it was written', async () => {
    const port = await listening(createServer(socket => socket.once('data', () => socket.destroy())));
    expect(await write(`http://127.0.0.1:${port}/v2`)).toMatchObject({ kind: 'lost', endedBy: undefined });
  });

  test('when it was written and no response came in time', async () => {
    const port = await listening(createServer(socket => closers.push(() => socket.destroy())));
    expect(await write(`http://127.0.0.1:${port}/v2`, 100)).toMatchObject({
      kind: 'lost',
      endedBy: 'timeout',
    });
  });

  test('when a kept-alive connection closes while the write is written', async () => {
    let requests = 0;
    const port = await listening(
      createServer(socket => {
        socket.on('data', () => {
          requests++;
          if (requests > 1) socket.destroy();
          else
            socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}');
        });
      }),
    );
    const transport = createTransport({ baseUrl: `http://127.0.0.1:${port}`, userAgent: 'test' });
    closers.push(() => transport.close());
    expect(await transport.attempt(REQUEST)).toMatchObject({ kind: 'response', status: 200 });
    expect(await transport.attempt(REQUEST)).toMatchObject({ kind: 'lost' });
    expect(requests).toBe(2);
  });
});
