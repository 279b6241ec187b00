import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeToken } from '../../../src/http/authentication/shared-key-tokens/token.ts';
import { connectPlain, errorIn } from '../../support/clients.ts';
import { post } from '../../support/post.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { madeToken, type TokenFile, tokenFile } from '../../support/token-file.ts';
import { READING_REVIEWS, REVIEWS } from '../../support/tool-filter.ts';

const KEY = 'demo-admin';
const ana = madeToken('Ana');
const intern = madeToken('Intern', { readonly: true, toolsets: ['reviews', 'posts'] });

let file: TokenFile;
let reload: () => Promise<void>;
let pair: RunningPair | undefined;
beforeEach(async () => {
  file = await tokenFile([ana.entry, intern.entry]);
});
afterEach(async () => {
  await pair?.close();
  pair = undefined;
  await file.remove();
});

async function start(env: Record<string, string> = {}): Promise<RunningPair> {
  const settings = { PARTOO_API_KEY: KEY, TEAM_TOKENS_FILE: file.path, ...env };
  pair = await startPair(settings, {}, { onReload: given => (reload = given) });
  return pair;
}

const clientWith = (token: string, header = 'authorization') =>
  connectPlain(pair?.url ?? '', { [header]: header === 'authorization' ? `Bearer ${token}` : token });

/** Returns `ok` or the code of the error. */
async function outcomeFor(token: string | undefined): Promise<string> {
  const client = token === undefined ? await connectPlain(pair?.url ?? '') : await clientWith(token);
  const result = await client.call('search_reviews');
  return result.isError ? errorIn(result).code : 'ok';
}

test.each(['authorization', 'x-api-key', 'x-auth-token', 'x-apikey'])(
  'a token in %s calls Partoo with the server’s key, and Partoo never sees the token',
  async header => {
    const { partoo, log } = await start();
    const client = await clientWith(ana.token, header);
    expect((await client.call('search_reviews')).isError).toBe(false);
    expect(partoo.requests.length).toBeGreaterThan(1);
    expect(JSON.stringify(partoo.requests)).not.toContain('partoo_mcp_');
    expect(log.find(({ msg }) => msg === 'tool call')).toMatchObject({ person: 'Ana', outcome: 'ok' });
  },
);

test('a token narrows the tools as a URL filter does, and the refusal names whose token it is', async () => {
  await start();
  const client = await clientWith(intern.token);
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names.toSorted()).toEqual(['get_review_metrics', 'search_posts', 'search_reviews']);
  const { body } = await post(
    pair?.url ?? '',
    { method: 'tools/call', params: { name: 'reply_to_review', arguments: {} } },
    { authorization: `Bearer ${intern.token}` },
  );
  expect(body.error?.message).toContain('disabled on this connection by the access token of Intern');
});

test('a token with a toolset has no tool that deletes, as a URL with that toolset has none', async () => {
  const bob = madeToken('Bob', { toolsets: ['reviews'] });
  await file.remove();
  file = await tokenFile([bob.entry]);
  await start();
  const headers = { authorization: `Bearer ${bob.token}` };
  const list = async (query: string) =>
    (await post(`${pair?.url}${query}`, { method: 'tools/list' }, headers)).body;
  const { result } = await list('?toolsets=all');
  expect(result).toMatchObject({ tools: REVIEWS.map(name => ({ name })) });
  expect((await list('?tools=delete_review_reply')).error?.message).toMatch(
    /No tool is left by the access token of Bob/,
  );
});

test('a URL filter narrows a token further and never widens it', async () => {
  await start();
  const list = async (query: string) => {
    const { body } = await post(
      `${pair?.url}${query}`,
      { method: 'tools/list' },
      {
        authorization: `Bearer ${intern.token}`,
      },
    );
    return (body.result?.tools as { name: string }[] | undefined)?.map(({ name }) => name);
  };
  expect(await list('?toolsets=reviews')).toEqual(READING_REVIEWS);
  expect(await list('?toolsets=all&tools=delete_review_reply')).toBeUndefined();
  expect(await list('?readonly=false')).toHaveLength(3);
  expect(await list('?toolsets=messages')).toBeUndefined();
});

test('no token, an unknown token and a Partoo key are refused, and nothing reaches Partoo', async () => {
  const { partoo } = await start();
  for (const credential of [undefined, makeToken(), KEY, 'partoo_mcp_', ana.token.slice(0, -1)]) {
    expect(await outcomeFor(credential)).toBe('invalid_access_token');
  }
  expect(partoo.requests).toEqual([]);
});

test.each([
  ['2020-01-31', 'invalid_access_token'],
  ['2020-01-31T12:00:00+01:00', 'invalid_access_token'],
  [new Date().toISOString().slice(0, 10), 'ok'],
  ['2999-01-31', 'ok'],
])('a token that expires %s: %s', async (expires, outcome) => {
  const dated = madeToken('Dated', { expires });
  await file.write([dated.entry]);
  await start();
  expect(await outcomeFor(dated.token)).toBe(outcome);
});

test('after a reload a removed token stops working at once, and a new one works', async () => {
  const { log } = await start();
  const ben = madeToken('Ben');
  expect(await outcomeFor(ana.token)).toBe('ok');
  await file.write([ben.entry]);
  expect(await outcomeFor(ben.token)).toBe('invalid_access_token');
  await reload();
  expect(await outcomeFor(ana.token)).toBe('invalid_access_token');
  expect(await outcomeFor(ben.token)).toBe('ok');
  expect(log).toContainEqual(expect.objectContaining({ msg: 'the team tokens were read again', tokens: 1 }));
});

test('a reload of a broken file keeps the tokens, and the log says where', async () => {
  const { log } = await start();
  await file.write('{\n  "tokens": [\n    { "name": "Ana" }\n  ]\n}');
  await reload();
  expect(await outcomeFor(ana.token)).toBe('ok');
  expect(log).toContainEqual(
    expect.objectContaining({
      level: 50,
      msg: 'the team tokens are as before: TEAM_TOKENS_FILE is broken',
      problem: expect.stringContaining(`${file.path}: tokens[0].hash`),
    }),
  );
});

test.each([0o620, 0o602, 0o666])('a file with mode %o is warned about: others may write it', async mode => {
  await file.write([ana.entry], mode);
  const { log } = await start();
  expect(log).toContainEqual(expect.objectContaining({ level: 40, file: file.path }));
});

test('without a token the list of tools is open, and closed with ANONYMOUS_DISCOVERY=false', async () => {
  await start();
  expect((await post(pair?.url ?? '', { method: 'tools/list' })).status).toBe(200);
  const page = await fetch(`${pair?.origin}/tools`, { headers: { authorization: `Bearer ${intern.token}` } });
  expect(page.headers.get('cache-control'), 'it differs by caller').toMatch(/^private/);
  await pair?.close();
  await start({ ANONYMOUS_DISCOVERY: 'false' });
  for (const headers of [{}, { 'x-apikey': KEY }] as Record<string, string>[]) {
    const { status, body } = await post(pair?.url ?? '', { method: 'tools/list' }, headers);
    expect([status, body.error?.message]).toEqual([401, expect.stringContaining('needs an access token')]);
  }
  expect((await fetch(`${pair?.origin}/tools`)).status).toBe(401);
});

test('a server without a key of its own sends no token to Partoo, and asks for a Partoo key', async () => {
  pair = await startPair();
  for (const token of [ana.token, 'partoo_mcp_mistyped']) {
    const error = errorIn(await (await clientWith(token)).call('search_reviews'));
    expect(error).toMatchObject({
      code: 'missing_api_key',
      next_step: expect.stringContaining('<their Partoo API key>'),
      problems: [expect.stringContaining('this server shares none')],
    });
  }
  expect(pair.partoo.requests).toEqual([]);
});
