import { request } from 'node:http';
import { expect, test } from 'vitest';
import { startServer } from '../support/start.ts';

/** fetch sets Host itself; this asks under any name. */
function statusFor(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const sent = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    sent.on('response', response => resolve(response.resume().statusCode)).on('error', reject);
    sent.end(body);
  });
}

test('bound to loopback, the server answers to loopback names and pages only', async () => {
  const server = await startServer('http://127.0.0.1:9/v2');
  expect(await statusFor(server.url, {})).toBe(200);
  expect(await statusFor(server.url, { host: 'localhost:3000' })).toBe(200);
  expect(await statusFor(server.url, { host: 'evil.example' })).toBe(403);
  expect(await statusFor(server.url, { origin: 'https://evil.example' })).toBe(403);
  expect(await statusFor(server.url, { origin: 'http://localhost:6274' })).toBe(200);
  await server.close();
});

test('allowed hosts and origins are those that are listed', async () => {
  const server = await startServer('http://127.0.0.1:9/v2', {
    ALLOWED_HOSTS: 'mcp.example.com, other.example.com',
    ALLOWED_ORIGINS: 'app.example.com',
  });
  expect(await statusFor(server.url, { host: 'mcp.example.com' })).toBe(200);
  expect(await statusFor(server.url, { host: 'localhost' })).toBe(403);
  expect(await statusFor(server.url, { host: 'mcp.example.com', origin: 'https://app.example.com' })).toBe(
    200,
  );
  expect(await statusFor(server.url, { host: 'mcp.example.com', origin: 'https://evil.example' })).toBe(403);
  await server.close();
});
