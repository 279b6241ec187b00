import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { urlSeenAt } from '../../../src/http/connect-page/model/selection.ts';
import { openConnectPage } from '../../support/connect-page.ts';

const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('the policy allows the one script and the one style of the page, and requests to this server only', async () => {
  const { headers, body } = await openConnectPage();
  const style = /<style>(.*)<\/style>/s.exec(body)?.[1];
  const script = /<script>(.*)<\/script>/s.exec(body)?.[1];
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; connect-src 'self'; img-src 'self'; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  });
  expect(headers).not.toHaveProperty('set-cookie');
  expect(headers, 'over plain HTTP').not.toHaveProperty('strict-transport-security');
});

test('the page shows an allowed Host header, and the protocol of a proxy only if that is trusted', async () => {
  const page = async (env: Record<string, string>, headers: Record<string, string>) =>
    (await openConnectPage(env, headers)).body;
  const names = { ALLOWED_HOSTS: 'mcp.example.com' };
  const here = {
    host: 'mcp.example.com',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
  };
  expect(await page(names, here)).toContain('http://mcp.example.com/mcp');
  expect(await page(names, here)).not.toContain('evil.example');
  expect(await page({ ...names, TRUST_PROXY: 'loopback' }, here)).toContain('https://mcp.example.com/mcp');
  const publicUrl = await page({ ...names, PUBLIC_URL: 'https://public.example.com' }, here);
  expect(publicUrl).toContain('https://public.example.com/mcp');
  expect(publicUrl).not.toContain('http://mcp.example.com');
});

test.each(['<script>alert(1)</script>', 'a"b', 'x$(id)', 'a`id`', "a';b"])(
  'the Host header %s appears nowhere, where any is allowed',
  async host => {
    const { body } = await openConnectPage({ ALLOWED_HOSTS: '*' }, { host });
    expect(body).not.toContain(host);
    expect(body).toContain('http://127.0.0.1:');
  },
);

test('the script writes no host into snippets that a shell would run', () => {
  const model = { url: 'http://127.0.0.1:3000/mcp', urlIsSet: false };
  const seenAt = (address: string) => urlSeenAt(new URL(address), model);
  expect(seenAt('https://mcp.example.com:8443/#check')).toBe('https://mcp.example.com:8443/mcp');
  expect(seenAt('http://[::1]:3000/')).toBe('http://[::1]:3000/mcp');
  for (const host of ['x$(id)', 'x`id`', "x';id;'"]) {
    expect(seenAt(`http://${host}.example.com/`)).toBe(model.url);
  }
});
