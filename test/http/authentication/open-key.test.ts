import { afterEach, describe, expect, test } from 'vitest';
import { connectPlain, errorIn } from '../../support/clients.ts';
import { httpRequest } from '../../support/http-request.ts';
import { rawRequest, rawSocket } from '../../support/raw-socket.ts';
import { rpc } from '../../support/rpc.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

const KEY = { PARTOO_API_KEY: 'demo-admin' };
const CALL = JSON.stringify(rpc('tools/call', { name: 'search_reviews', arguments: {} }));
const JSON_TYPE = 'application/json';

let pair: RunningPair | undefined;
afterEach(async () => {
  await pair?.close();
  pair = undefined;
});

async function start(env: Record<string, string> = {}, accessToken?: string): Promise<RunningPair> {
  pair = await startPair({ ...KEY, ...env }, {}, { accessToken });
  return pair;
}

/** Sends a tool call as given; returns the HTTP status and the code of the tool's error, if any. */
async function send(headers: Record<string, string>): Promise<{ status: number | undefined; code?: string }> {
  const { origin } = pair as RunningPair;
  const url = `${origin.replace('0.0.0.0', '127.0.0.1')}/mcp`;
  const { status, body } = await httpRequest(url, {
    method: 'POST',
    headers: { 'content-type': JSON_TYPE, ...headers },
    body: CALL,
  });
  const result = JSON.parse(body || '{}').result;
  return { status, code: result?.isError ? JSON.parse(result.content[0].text).error.code : undefined };
}

const OK = { status: 200, code: undefined };
const NO_TOKEN = { status: 200, code: 'invalid_access_token' };

describe('a server on loopback with a key and nothing else', () => {
  test('needs no credentials', async () => {
    const { partoo } = await start();
    const client = await connectPlain(pair?.url ?? '');
    expect((await client.call('search_reviews')).isError).toBe(false);
    expect(partoo.requests.every(({ headers }) => headers['x-apikey'] === 'demo-admin')).toBe(true);
  });

  test('still takes a key of one’s own', async () => {
    await start();
    const client = await connectPlain(pair?.url ?? '', { 'x-APIKey': 'not-a-key-of-partoo' });
    expect(errorIn(await client.call('search_reviews')).code).toBe('invalid_api_key');
  });

  const attacks: [what: string, headers: Record<string, string>, status: number][] = [
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a page after DNS rebinding', { host: 'evil.example:3000', origin: 'http://evil.example:3000' }, 403],
    ['a rebound name without Origin', { host: 'evil.example:3000' }, 403],
    ['a sandboxed frame or a local file', { origin: 'null' }, 403],
    ['a form or no-cors request', { origin: 'https://evil.example', 'content-type': 'text/plain' }, 403],
    ['a no-cors request without Origin', { 'content-type': 'text/plain' }, 415],
    ['a form without Origin', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a page that calls 0.0.0.0', { host: '0.0.0.0:3000', origin: 'https://evil.example' }, 403],
    ['a page on 0.0.0.0', { host: '0.0.0.0:3000', origin: 'http://0.0.0.0:3000' }, 403],
    ['a name that begins with localhost', { host: 'localhost.evil.example' }, 403],
  ];
  test.each(attacks)('refuses %s', async (_, headers, status) => {
    const { partoo } = await start();
    expect((await send(headers)).status).toBe(status);
    expect(partoo.requests).toEqual([]);
  });

  test('refuses pages on loopback too, until the operator lists them', async () => {
    const { partoo } = await start();
    expect(await send({ origin: 'http://localhost:8080' })).toEqual(NO_TOKEN);
    expect(partoo.requests).toEqual([]);
    await pair?.close();
    await start({ ALLOWED_ORIGINS: 'localhost' });
    expect(await send({ origin: 'http://localhost:8080' })).toEqual(OK);
  });

  test('refuses a request in HTTP 1.0, as nginx sends unless it is told otherwise', async () => {
    const { partoo, origin } = await start();
    const { socket, ended } = rawSocket(origin);
    const call = { ...rpc('tools/call', { name: 'search_businesses', arguments: {} }) };
    socket.write(rawRequest(JSON.stringify(call)).replace('HTTP/1.1', 'HTTP/1.0'));
    expect(await ended).toContain('invalid_access_token');
    expect(partoo.requests).toEqual([]);
  });

  test.each([
    'x-forwarded-for',
    'forwarded',
    'via',
    'x-real-ip',
    'x-forwarded-host',
    'x-forwarded-proto',
    'cf-connecting-ip',
    'true-client-ip',
  ])('refuses a request that a proxy or tunnel marks with %s, and the log says what to set', async name => {
    const { partoo, log } = await start();
    expect(await send({ [name]: '203.0.113.7' })).toEqual(NO_TOKEN);
    expect(partoo.requests).toEqual([]);
    expect(log).toContainEqual(expect.objectContaining({ why: expect.stringContaining('ACCESS_TOKEN') }));
  });
});

describe('a server that others can reach', () => {
  const TOKEN = 'a token of thirty-two characters'.replaceAll(' ', '-');
  const OPEN = { HOST: '0.0.0.0', ALLOWED_HOSTS: 'mcp.example.com,127.0.0.1' };

  test('takes the access token and nothing else', async () => {
    const { partoo } = await start({ ...OPEN, ACCESS_TOKEN: TOKEN });
    expect(await send({ authorization: `Bearer ${TOKEN}` })).toEqual(OK);
    const sent = partoo.requests.length;
    const others = [{}, { authorization: `Bearer ${TOKEN}x` }, { 'x-apikey': 'demo-admin' }];
    for (const headers of others) expect(await send(headers as Record<string, string>)).toEqual(NO_TOKEN);
    expect(partoo.requests).toHaveLength(sent);
  });

  test.each([
    ['an open host', OPEN],
    ['another name', { ALLOWED_HOSTS: 'mcp.example.com,127.0.0.1' }],
    ['the URL of a proxy', { PUBLIC_URL: 'https://mcp.example.com' }],
    ['any name', { ALLOWED_HOSTS: '*' }],
    ['any page', { ALLOWED_ORIGINS: '*' }],
    ['a proxy', { TRUST_PROXY: 'loopback' }],
    ['a platform’s proxy', { CLIENT_IP_HEADER: 'fly-client-ip' }],
  ])('with %s and no access token makes one', async (_, env) => {
    const { partoo } = await start(env, TOKEN);
    expect(await send({})).toEqual(NO_TOKEN);
    expect(partoo.requests).toEqual([]);
    expect(await send({ authorization: `Bearer ${TOKEN}` })).toEqual(OK);
  });
});
