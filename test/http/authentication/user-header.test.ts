import { afterEach, expect, test } from 'vitest';
import { httpRequest } from '../../support/http-request.ts';
import { rpc } from '../../support/rpc.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { madeToken, type TokenFile, tokenFile } from '../../support/token-file.ts';

const TOKEN = 'known-to-the-proxy-alone-0123456789';
const BEHIND_PROXY = {
  PARTOO_API_KEY: 'demo-admin',
  ACCESS_TOKEN: TOKEN,
  TRUST_PROXY: 'loopback',
  USER_HEADER: 'X-Forwarded-User',
};
// Bytes: with a string, Node would write the headers as UTF-8 too.
const CALL = Buffer.from(JSON.stringify(rpc('tools/call', { name: 'search_reviews', arguments: {} })));

let pair: RunningPair | undefined;
let file: TokenFile | undefined;
afterEach(async () => {
  await pair?.close();
  await file?.remove();
  [pair, file] = [undefined, undefined];
});

/** Makes a call with these headers; returns the log line of it. */
async function lineFor(headers: Record<string, string | string[]>, token = TOKEN) {
  const server = pair as RunningPair;
  server.log.length = 0;
  await httpRequest(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: CALL,
  });
  return server.log.find(({ msg }) => msg === 'tool call');
}

const personFor = async (headers: Record<string, string | string[]>) => {
  const line = await lineFor(headers);
  expect(line).toMatchObject({ outcome: 'ok' });
  return line?.person;
};

/** As a proxy sends UTF-8. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

test('a login proxy names the person of a call, in one spelling', async () => {
  pair = await startPair(BEHIND_PROXY);
  expect(await personFor({ 'x-forwarded-user': 'ana@example.com' })).toBe('ana@example.com');
  expect(await personFor({ 'x-forwarded-user': utf8(' Jose\u0301 Núñez ') })).toBe('José Núñez');
  expect(await personFor({ 'x-forwarded-user': 'x'.repeat(200) })).toBe('x'.repeat(200));
});

test.each([
  ['none', {}],
  ['an empty one', { 'x-forwarded-user': ' ' }],
  ['two', { 'x-forwarded-user': ['ana', 'ben'] }],
  ['a long one', { 'x-forwarded-user': 'x'.repeat(201) }],
  ['one with a control character', { 'x-forwarded-user': 'ana\tben' }],
  ['one with a line break', { 'x-forwarded-user': utf8('ana\u2028{"person":"ben"}') }],
  ['one that runs backwards', { 'x-forwarded-user': utf8('ana\u202Eneb') }],
  ['another header', { 'x-forwarded-email': 'ana@example.com' }],
])('a call with no usable name (%s) has no person', async (_, headers) => {
  pair = await startPair(BEHIND_PROXY);
  expect(await personFor(headers)).toBeUndefined();
});

test('a name from any other address than the proxy’s is not believed, whatever X-Forwarded-For says', async () => {
  pair = await startPair({ ...BEHIND_PROXY, TRUST_PROXY: '10.0.0.1' });
  expect(await personFor({ 'x-forwarded-user': 'ana', 'x-forwarded-for': '10.0.0.1' })).toBeUndefined();
});

test('without USER_HEADER no header names anybody', async () => {
  const { USER_HEADER, ...rest } = BEHIND_PROXY;
  pair = await startPair(rest);
  expect(await personFor({ [USER_HEADER]: 'ana' })).toBeUndefined();
});

test('a proxy without the access token is refused, so a way past it opens nothing', async () => {
  pair = await startPair(BEHIND_PROXY);
  const line = await lineFor({ 'x-forwarded-user': 'ana' }, 'another-token-of-thirty-two-characters');
  expect(line).toMatchObject({ outcome: 'invalid_access_token' });
  expect(pair.partoo.requests).toEqual([]);
});

test('a team token keeps its own name', async () => {
  const ana = madeToken('Ana');
  file = await tokenFile([ana.entry]);
  const { ACCESS_TOKEN, ...rest } = BEHIND_PROXY;
  pair = await startPair({ ...rest, TEAM_TOKENS_FILE: file.path });
  const line = await lineFor({ 'x-forwarded-user': 'ben' }, ana.token);
  expect(line).toMatchObject({ outcome: 'ok', person: 'Ana' });
});
