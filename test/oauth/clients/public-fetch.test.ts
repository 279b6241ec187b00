import { lookup } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createPublicFetch,
  isPublic,
  lookUpWith,
  type PublicFetch,
} from '../../../src/oauth/clients/public-fetch.ts';
import { startNameServer } from '../../support/name-server.ts';
import { startWeb, type Web } from '../../support/web.ts';

let web: Web;
let fetcher: PublicFetch;
beforeAll(async () => {
  web = await startWeb((request, response) => {
    const json = { 'content-type': 'application/json' };
    switch (request.url) {
      case '/json':
        return response.writeHead(200, json).end('{}');
      case '/html':
        return response.writeHead(200, { 'content-type': 'text/html' }).end('{}');
      case '/redirect':
        return response.writeHead(302, { location: '/json' }).end();
      case '/silent':
        return undefined;
      case '/stalls':
        return response.writeHead(200, json).write('{');
      default:
        return response.writeHead(404, json).end('{}');
    }
  });
  fetcher = web.fetcher();
});
afterAll(async () => {
  await fetcher.close();
  await web.close();
});

const get = (path: string, host = 'client.web.example', signal?: AbortSignal) =>
  fetcher.fetch(new URL(`https://${host}:${web.port}${path}`), signal);

/** The reason for which a fetch failed. */
const failure = (fetched: Promise<Response>) =>
  fetched.then(
    response => `status ${response.status}`,
    (error: Error) => String((error.cause as Error | undefined)?.message ?? error.message),
  );

test('fetches JSON of a public host', async () => {
  expect(await (await get('/json')).json()).toEqual({});
});

describe('connects to no address that is not public', () => {
  test.each([
    ['loopback', '127.0.0.2'],
    ['loopback in short form', '127.2'],
    ['loopback in hexadecimal', '0x7f000002'],
    ['loopback in decimal', '2130706434'],
    ['loopback in octal', '0177.0.0.2'],
    ['any address', '0.0.0.0'],
    ['a private network', '10.0.0.1'],
    ['another private network', '172.16.0.1'],
    ['a home network', '192.168.0.1'],
    ['the metadata service of a cloud', '169.254.169.254'],
    ['the host of a virtual machine in Azure', '168.63.129.16'],
    ['a carrier', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['loopback in IPv6', '[::1]'],
    ['loopback mapped into IPv6', '[::ffff:127.0.0.2]'],
    ['loopback mapped into IPv6, in hexadecimal', '[::ffff:7f00:2]'],
    ['loopback inside IPv6', '[::127.0.0.2]'],
    ['loopback behind NAT64', '[64:ff9b::7f00:2]'],
    ['loopback in 6to4', '[2002:7f00:2::]'],
    ['a unique local address', '[fd00::1]'],
    ['a link-local address', '[fe80::1]'],
    ['the metadata service in IPv6', '[fd00:ec2::254]'],
  ])('%s, as an address: %s', async (_what, address) => {
    expect(await failure(get('/json', address))).toMatch(/is not on the public internet/);
  });

  test.each([
    ['a private address', ['10.0.0.1']],
    ['loopback', ['127.0.0.2']],
    ['loopback mapped into IPv6', ['::ffff:127.0.0.2']],
    ['a public and a private address', ['127.0.0.1', '10.0.0.1']],
    ['a private and a public address', ['fd00::1', '127.0.0.1']],
  ])('of a name that resolves to %s', async (_what, addresses) => {
    web.resolve('inside.web.example', addresses);
    expect(await failure(get('/json', 'inside.web.example'))).toMatch(/is not on the public internet/);
  });

  test('of a name that resolves to another address the second time (DNS rebinding)', async () => {
    web.resolve('rebinding.web.example', ['127.0.0.1']);
    expect((await get('/json', 'rebinding.web.example')).status).toBe(200);
    web.resolve('rebinding.web.example', ['127.0.0.2']);
    web.server.closeAllConnections();
    await expect
      .poll(() => failure(get('/json', 'rebinding.web.example')))
      .toMatch(/not on the public internet/);
  });

  test('of a name that a name server resolves to a private address', async () => {
    const dns = await startNameServer('10.0.0.1');
    const own = createPublicFetch({ lookUp: lookUpWith([dns.address]) });
    expect(await failure(own.fetch(new URL('https://inside.example/json')))).toMatch(
      /is not on the public internet/,
    );
    await Promise.all([own.close(), dns.close()]);
  });
});

test('connects to the address that a name server says', async () => {
  const dns = await startNameServer('127.0.0.1');
  const own = web.fetcher({ lookUp: lookUpWith([dns.address]) });
  expect((await own.fetch(new URL(`https://client.web.example:${web.port}/json`))).status).toBe(200);
  await Promise.all([own.close(), dns.close()]);
});

test('a name server that says nothing keeps nobody else from looking up names', async () => {
  const dns = await startNameServer(undefined);
  const own = createPublicFetch({ lookUp: lookUpWith([dns.address]) });
  const settled: string[] = [];
  const fetches = Array.from({ length: 20 }, (_, number) =>
    failure(own.fetch(new URL(`https://n${number}.example/json`))).then(reason => settled.push(reason)),
  );
  await expect.poll(() => dns.asked()).toBeGreaterThanOrEqual(40);
  await lookup('localhost');
  expect(settled, 'all of them are still waiting').toEqual([]);
  await Promise.all(fetches);
  expect(settled.filter(reason => !reason.includes('ETIMEOUT'))).toEqual([]);
  await Promise.all([own.close(), dns.close()]);
});

test.each([
  ['unencrypted', 'http://client.example/json', /not an https URL/],
  ['of a file', 'file:///etc/passwd', /not an https URL/],
  ['in data', 'data:application/json,{}', /not an https URL/],
])('fetches nothing %s', async (_what, url, reason) => {
  expect(await failure(fetcher.fetch(new URL(url)))).toMatch(reason);
});

test('follows no redirect', async () => {
  const before = web.requested.length;
  expect(await failure(get('/redirect'))).toMatch(/not JSON|status 302/);
  expect(web.requested.slice(before)).toEqual(['/redirect']);
});

test('reads nothing but JSON', async () => {
  expect(await failure(get('/html'))).toMatch(/not JSON/);
});

test('accepts no certificate that nobody vouches for', async () => {
  const strict = createPublicFetch({ allow: ['127.0.0.1'] });
  expect(await failure(strict.fetch(new URL(`https://127.0.0.1:${web.port}/json`)))).toMatch(/self-signed/);
  await strict.close();
});

test.each(['/silent', '/stalls'])('waits no longer than it may (%s)', async path => {
  const read = get(path, 'slow.web.example', AbortSignal.timeout(200)).then(async response => {
    await response.text();
    return response;
  });
  expect(await failure(read)).toMatch(/aborted|timeout/i);
});

test.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', address => {
  expect(isPublic(address)).toBe(true);
});

test.each(['', 'localhost', '999.1.1.1'])('%j is no public address', address => {
  expect(isPublic(address)).toBe(false);
});
