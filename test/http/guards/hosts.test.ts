import { afterEach, expect, test } from 'vitest';
import { type HttpResponse, httpRequest } from '../../support/http-request.ts';
import { rawSocket } from '../../support/raw-socket.ts';
import { rpc } from '../../support/rpc.ts';
import { type RunningServer, startServer } from '../../support/start.ts';

const PARTOO = 'http://127.0.0.1:9/v2';
const PUBLIC = { HOST: '0.0.0.0', ALLOWED_HOSTS: 'mcp.example.com, other.example.com' };
const HERE = { host: 'mcp.example.com' };

let server: RunningServer;
afterEach(() => server.close());

function ask(headers: Record<string, string>, method = 'POST'): Promise<HttpResponse> {
  return httpRequest(server.url.replace('0.0.0.0', '127.0.0.1'), {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: method === 'POST' ? JSON.stringify(rpc('tools/list')) : undefined,
  });
}

const statusFor = async (headers: Record<string, string>) => (await ask(headers)).status;

const preflight = (origin: string) =>
  ask(
    {
      ...HERE,
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-apikey,x-api-key,x-auth-token,x-mcp-readonly',
    },
    'OPTIONS',
  );

test('a server on loopback accepts only loopback hosts and origins', async () => {
  server = await startServer(PARTOO);
  expect(await statusFor({})).toBe(200);
  expect(await statusFor({ host: 'localhost:3000' })).toBe(200);
  expect(await statusFor({ host: 'evil.example' })).toBe(403);
  expect(await statusFor({ host: 'localhost.evil.example' })).toBe(403);
  expect(await statusFor({ origin: 'https://evil.example' })).toBe(403);
  expect(await statusFor({ origin: 'null' })).toBe(403);
  expect(await statusFor({ origin: 'http://localhost:6274' })).toBe(200);
});

test.each(['a b', '[', 'x:99999', 'evil@mcp.example.com', '%'])(
  'the malformed Host %s causes no 5xx',
  async host => {
    server = await startServer(PARTOO, { ALLOWED_HOSTS: '*' });
    expect((await ask({ host })).status).toBeLessThan(500);
  },
);

test('a request line may have an absolute URL; an invalid URL gets 400 and is not repeated', async () => {
  server = await startServer(PARTOO);
  const { origin } = new URL(server.url);
  const answered = await rawResponse(origin, `POST ${origin}/mcp`);
  expect(answered).toMatch(/^HTTP\/1\.1 200 /);
  const refused = await rawResponse(origin, 'GET /mcp%zz?k=SECRET');
  expect(refused).toMatch(/^HTTP\/1\.1 400 .*x-content-type-options: nosniff/s);
  expect(refused).toMatch(/x-request-id: /);
  expect(refused).not.toContain('SECRET');
});

function rawResponse(origin: string, line: string): Promise<string> {
  const { socket, ended } = rawSocket(origin);
  const message = JSON.stringify(rpc('tools/list', { cursor: 'x' }));
  socket.write(
    `${line} HTTP/1.1\r\nhost: ${new URL(origin).host}\r\ncontent-type: application/json\r\ncontent-length: ${message.length}\r\nconnection: close\r\n\r\n${message}`,
  );
  return ended;
}

test('a public server accepts only the listed hosts and origins', async () => {
  server = await startServer(PARTOO, { ...PUBLIC, ALLOWED_ORIGINS: 'app.example.com' });
  expect(await statusFor(HERE)).toBe(200);
  expect(await statusFor({ host: 'OTHER.example.com:443' })).toBe(200);
  expect(await statusFor({ host: 'localhost' })).toBe(403);
  expect(await statusFor({ ...HERE, origin: 'https://app.example.com' })).toBe(200);
  expect(await statusFor({ ...HERE, origin: 'https://evil.example' })).toBe(403);
  expect(await statusFor({ host: 'evil.example', 'x-forwarded-host': 'mcp.example.com' })).toBe(403);
});

test('the refusal of a host is JSON-RPC and names ALLOWED_HOSTS', async () => {
  server = await startServer(PARTOO, PUBLIC);
  const { status, body } = await ask({ host: 'evil.example' });
  expect(status).toBe(403);
  expect(JSON.parse(body)).toMatchObject({
    jsonrpc: '2.0',
    id: null,
    error: { code: -32000, message: expect.stringContaining('ALLOWED_HOSTS') },
  });
});

test('a public server without ALLOWED_ORIGINS refuses every web page but its own, with no CORS header', async () => {
  server = await startServer(PARTOO, PUBLIC);
  expect(await statusFor({ ...HERE, origin: 'https://mcp.example.com' })).toBe(200);
  const others = [
    'https://other.example.com',
    'https://mcp.example.com:8443',
    'http://localhost:6274',
    'https://evil.example',
    'null',
  ];
  for (const origin of others) {
    const { status, headers } = await ask({ ...HERE, origin });
    expect(status).toBe(403);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect((await preflight(origin)).status).toBe(403);
  }
});

test('a server that answers to any name takes no page for its own, except that of PUBLIC_URL', async () => {
  server = await startServer(PARTOO, {
    HOST: '0.0.0.0',
    ALLOWED_HOSTS: '*',
    PUBLIC_URL: 'https://mcp.example.com',
  });
  expect(await statusFor({ host: 'rebound.example', origin: 'https://rebound.example' })).toBe(403);
  expect(await statusFor({ host: '10.0.0.7:3000', origin: 'https://mcp.example.com' })).toBe(200);
});

test('* allows any host and any origin', async () => {
  server = await startServer(PARTOO, { HOST: '0.0.0.0', ALLOWED_HOSTS: '*', ALLOWED_ORIGINS: '*' });
  expect(await statusFor({ host: 'whatever.example', origin: 'https://evil.example' })).toBe(200);
});

test('a listed page may send any header and read the exposed ones, also of refusals', async () => {
  server = await startServer(PARTOO, { ...PUBLIC, ALLOWED_ORIGINS: 'app.example.com' });
  const origin = 'https://app.example.com';
  expect(await preflight(origin)).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': 'x-apikey,x-api-key,x-auth-token,x-mcp-readonly',
      'access-control-max-age': '7200',
    },
  });
  const extras: Record<string, string>[] = [
    {},
    { 'x-mcp-read-only': 'true' },
    { 'content-type': 'text/plain' },
  ];
  for (const extra of extras) {
    const { headers } = await ask({ ...HERE, origin, ...extra });
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers':
        'mcp-session-id, mcp-protocol-version, www-authenticate, retry-after, x-request-id',
      vary: expect.stringContaining('Origin'),
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  }
});

test('a request without Origin gets no CORS header', async () => {
  server = await startServer(PARTOO, { ...PUBLIC, ALLOWED_ORIGINS: 'app.example.com' });
  const { status, headers } = await ask(HERE);
  expect(status).toBe(200);
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});
