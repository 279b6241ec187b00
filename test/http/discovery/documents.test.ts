import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNowhere } from '../../support/canaries.ts';
import { httpRequest } from '../../support/http-request.ts';
import { type RunningServer, startServer } from '../../support/start.ts';
import { CANARIES, DEPLOYMENTS, PUBLIC_URL, WAYS } from './deployments.ts';

const NO_PARTOO = 'http://127.0.0.1:9/v2';

describe.each([
  ['/mcp/server-card', 'application/mcp-server-card+json'],
  ['/llms.txt', 'text/plain; charset=utf-8'],
])('GET %s', (path, type) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(NO_PARTOO, DEPLOYMENTS['keys of their own']);
  });
  afterAll(() => server.close());

  const ask = (headers: Record<string, string> = {}, method = 'GET', at = server) =>
    httpRequest(`${at.origin}${path}`, { method, headers });

  test('needs no credentials, and any web page may read it', async () => {
    for (const headers of [{}, { origin: 'https://app.example' }] as Record<string, string>[]) {
      const response = await ask(headers);
      expect(response.status).toBe(200);
      expect(response.headers).toMatchObject({ 'content-type': type, 'access-control-allow-origin': '*' });
    }
    const preflight = await ask(
      { origin: 'https://app.example', 'access-control-request-method': 'GET' },
      'OPTIONS',
    );
    expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([
      204,
      'content-type, if-none-match',
    ]);
  });

  test('refuses a Host that is not of this server', async () => {
    const { status, body } = await ask({ host: 'evil.example' });
    expect(status).toBe(403);
    expect(body).toContain('ALLOWED_HOSTS');
  });

  test('responds to HEAD as to GET, without the body', async () => {
    const [get, head] = [await ask(), await ask({}, 'HEAD')];
    expect([head.status, head.body]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control']) {
      expect(head.headers[name]).toBe(get.headers[name]);
    }
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuses %s with 405', async method => {
    const { status, headers } = await ask({}, method);
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  test('is sent again only if it changed', async () => {
    const { headers } = await ask();
    const etag = String(headers.etag);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const { status, body } = await ask({ 'if-none-match': tag });
      expect([status, body]).toEqual([304, '']);
    }
    expect((await ask({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('is cached for an hour at PUBLIC_URL, whatever Host was asked', async () => {
    const { headers, body } = await ask({ host: 'mcp.example.com' });
    expect(headers['cache-control']).toBe('public, max-age=3600');
    expect(body).toContain(`${PUBLIC_URL}/mcp`);
    expect((await ask({ 'x-forwarded-host': 'evil.example' })).body).not.toContain('evil.example');
  });

  test('without PUBLIC_URL has the URL of the request, and caches must ask each time', async () => {
    const open = await startServer(NO_PARTOO, { ALLOWED_HOSTS: '*' });
    const { headers, body } = await ask({ host: 'mcp.example.com:8080' }, 'GET', open);
    expect(headers['cache-control']).toBe('no-cache');
    expect(body).toContain('http://mcp.example.com:8080/mcp');
    for (const malformed of [
      'a)](https://evil.example',
      'evil.example:99999',
      '256.256.256.256',
      'a b',
      '[',
    ]) {
      const odd = await ask({ host: malformed }, 'GET', open);
      expect(odd.status, malformed).toBeLessThan(500);
      expect(odd.body).not.toContain(`//${malformed}`);
    }
    await open.close();
  });

  test.each(WAYS)('holds no secret where callers use %s', async way => {
    const secret = await startServer(NO_PARTOO, DEPLOYMENTS[way]);
    const { headers, body } = await ask({ 'x-apikey': 'canary-of-the-caller' }, 'GET', secret);
    for (const canary of [...CANARIES, 'canary-of-the-caller']) {
      expectNowhere(canary, { headers: JSON.stringify(headers), body });
    }
    await secret.close();
  });
});
