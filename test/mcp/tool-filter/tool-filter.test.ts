import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS, connectV1, connectV2 } from '../../support/clients.ts';
import { post, postModern } from '../../support/post.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { ALL, type Headers, KEY, listing, POSTS, READS, REVIEWS } from '../../support/tool-filter.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

const { namesFor, refusalOf } = listing(() => pair.url);

describe.each(CLIENTS)('$client', ({ connect }) => {
  test.each([
    ['every tool without a tool filter', '', {}, ALL],
    ['the tools that read, with readonly in the URL', '?readonly=true', {}, READS],
    ['the tools that read, with readonly in a header', '', { 'X-MCP-Readonly': 'true' }, READS],
    ['two toolsets named in the URL', '?toolsets=posts,reviews', {}, [...REVIEWS, ...POSTS]],
    ['two toolsets named in a header', '', { 'X-MCP-Toolsets': 'posts, reviews' }, [...REVIEWS, ...POSTS]],
    ['one tool named in the URL', '?tools=search_posts', {}, ['search_posts']],
    ['one tool named in a header', '', { 'X-MCP-Tools': 'search_posts' }, ['search_posts']],
  ])('lists %s', async (_what, query, headers, names) => {
    const client = await connect(`${pair.url}${query}`, headers);
    expect((await client.listTools()).map(({ name }) => name)).toEqual(names);
    await client.close();
  });

  test('calls an enabled tool', async () => {
    const client = await connect(`${pair.url}?readonly=true&toolsets=businesses`, KEY);
    const result = await client.call('search_businesses', { per_page: 1 });
    expect(result.structured, result.text).toMatchObject({ page: 1 });
    await client.close();
  });
});

describe('all parameters of URL and headers apply together', () => {
  test.each([
    ['?toolsets=reviews,posts', { 'x-mcp-toolsets': 'posts,messages' }, POSTS],
    ['?tools=search_posts,create_post', { 'x-mcp-tools': 'create_post,search_reviews' }, ['create_post']],
    ['?toolsets=reviews&tools=search_posts,search_reviews', {}, ['search_reviews']],
    ['?toolsets=posts', { 'x-mcp-readonly': 'true' }, ['search_posts']],
    ['?readonly=false', { 'x-mcp-readonly': 'true' }, READS],
    ['?readonly=true', { 'x-mcp-readonly': 'false' }, READS],
    ['?readonly=false', {}, ALL],
  ])('%s with %j', async (query, headers, names) => {
    expect(await namesFor(query, headers)).toEqual(names);
  });
});

describe('unambiguous spellings are accepted', () => {
  test.each(['true', 'TRUE', 'True', '1', '%74rue', '+true+', '%20true'])('?readonly=%s', async value => {
    expect(await namesFor(`?readonly=${value}`)).toEqual(READS);
  });

  test.each(['?READONLY=true', '?ReadOnly=true', '?read%6Fnly=true', '?readonly=true&', '?&readonly=true'])(
    '%s',
    async query => {
      expect(await namesFor(query)).toEqual(READS);
    },
  );

  test.each(['X-MCP-READONLY', 'x-mcp-readonly', 'X-Mcp-ReadOnly'])('the header %s', async header => {
    expect(await namesFor('', { [header]: 'true' })).toEqual(READS);
  });

  test.each(['false', 'FALSE', '0'])('?readonly=%s disables nothing', async value => {
    expect(await namesFor(`?readonly=${value}`)).toEqual(ALL);
  });

  test.each([
    'reviews,posts',
    ' Reviews , POSTS ',
    'posts,reviews,',
    ',posts,,reviews',
    'posts,posts,reviews',
  ])('toolsets %j, in the URL and in the header', async value => {
    const names = [...REVIEWS, ...POSTS];
    expect(await namesFor(`?toolsets=${encodeURIComponent(value)}`)).toEqual(names);
    expect(await namesFor('', { 'X-MCP-Toolsets': value })).toEqual(names);
  });

  test('tools in any case and order, listed in catalog order', async () => {
    expect(await namesFor('?tools=SEARCH_POSTS,search_businesses')).toEqual([
      'search_businesses',
      'search_posts',
    ]);
  });
});

describe('names unlike a tool filter are ignored', () => {
  test.each([
    ...[
      '?codemode=false',
      '?code_mode=false',
      '?foo=1',
      '?utm_source=x&utm_campaign=reviews',
      '?gclid=1&_=17',
    ],
    ...['?profile=shaggy-wombat&config=eyJkZWJ1ZyI6ZmFsc2V9', '?sessionId=1', '?session_id=1&transport=http'],
    ...[
      '?__proto__=1',
      '?constructor=1',
      '?v=2',
      '?client=cursor&clientVersion=2',
      '?org=maison',
      '?limit=1',
    ],
  ])('%s', async query => {
    expect(await namesFor(query)).toEqual(ALL);
    expect(await namesFor(`${query}&readonly=true`), 'a tool filter beside it still works').toEqual(READS);
  });

  test.each([
    ...['X-MCP-Session-Id', 'X-MCP-Client', 'X-MCP-Proxy-Auth', 'X-MCP-Version', 'X-MCP-Agent-Id'],
    ...['Mcp-Session-Id', 'X-MCP-Trace', 'X-MCP-Servers', 'X-Session-Mode', 'X-MCP-Host', 'X-MCP-Tool-Name'],
  ])('the header %s', async header => {
    expect(await namesFor('', { [header]: 'x' })).toEqual(ALL);
  });
});

describe('a key in the URL', () => {
  const inUrl = [
    '?api_key=SECRET',
    '?apikey=SECRET',
    '?x-api-key=SECRET',
    '?X-APIKey=SECRET',
    '?token=SECRET',
    '?partoo_token=SECRET',
    '?mcp_api_key=SECRET',
    '?headers%5Bx-apikey%5D=SECRET',
  ];

  test.each(inUrl)('%s is refused if no header has one, without repeating it', async query => {
    const message = await refusalOf(query);
    expect(message).toMatch(/does not read a key from the URL.*send it in the header "x-APIKey"/);
    expect(message).not.toContain('SECRET');
  });

  test.each(inUrl)('%s is ignored if a header has one', async query => {
    expect(await namesFor(query, KEY)).toEqual(ALL);
    pair.received();
    await post(`${pair.url}${query}`, { method: 'tools/call', params: { name: 'search_businesses' } }, KEY);
    expect(pair.received().map(({ headers }) => headers['x-apikey'])).toEqual([KEY['x-APIKey']]);
  });
});

describe('a faulty tool filter is refused with the accepted values', () => {
  test.each([
    [
      '?read_only=true',
      {},
      /URL: "read_only" \(did you mean readonly\?\)\. Known are readonly, toolsets, tools\./,
    ],
    ['?tols=search_posts', {}, /"tols" \(did you mean tools\?\)\. Known are readonly, toolsets, tools\./],
    ['?otols=search_posts', {}, /"otols"/],
    ['?write=false', {}, /"write"\. Known are readonly, toolsets, tools\./],
    ['?mode=readonly', {}, /"mode"/],
    ['?access=read', {}, /"access"/],
    ['?features=reviews', {}, /"features"/],
    ['?dry_run=true', {}, /"dry_run"/],
    ['?profile=read-only', {}, /"profile"/],
    ['?ｒｅａｄｏｎｌｙ=true', {}, /Known are readonly/],
    ['?=true', {}, /""/],
    ['?readonly=yes', {}, /\?readonly in the URL must be true or false/],
    ['?readonly', {}, /\?readonly in the URL must be true or false/],
    ['', { 'X-MCP-Readonly': '' }, /the header x-mcp-readonly must be true or false/],
    ['', { 'X-MCP-Readonly': 'true, false' }, /the header x-mcp-readonly must be true or false/],
    ['?readonly=true&readonly=true', {}, /\?readonly in the URL is given more than once/],
    ['?readonly=true&READONLY=false', {}, /\?readonly in the URL is given more than once/],
    ['?toolsets=reviews&toolsets=posts', {}, /\?toolsets in the URL is given more than once/],
    [
      '?toolsets=',
      {},
      /\?toolsets in the URL is empty\. Known are default, all, businesses, reviews, messages, posts, analytics/,
    ],
    ['?tools=,', {}, /\?tools in the URL is empty\. Known are default, search_businesses, get_business, /],
    ['', { 'X-MCP-Toolsets': '' }, /the header x-mcp-toolsets is empty/],
    [
      '?toolsets=review',
      {},
      /\?toolsets in the URL: "review" \(did you mean reviews\?\)\. Known are default, all, businesses, reviews, messages, posts, analytics/,
    ],
    ['?toolsets=reviews,alle', {}, /"alle"/],
    ['?toolsets=constructor', {}, /"constructor"/],
    [
      '?tools=search-reviews',
      {},
      /"search-reviews" \(did you mean search_reviews\?\)\. Known are default, search_businesses, /,
    ],
    [
      '',
      { 'X-MCP-Tools': 'search_reviews;search_posts' },
      /the header x-mcp-tools: "search_reviews;search_posts"/,
    ],
    ['', { 'X-MCP-Profile': 'read-only' }, /"x-mcp-profile"/],
    ['', { 'X-MCP-Toolset': 'reviews' }, /"x-mcp-toolset" \(did you mean x-mcp-toolsets\?\)/],
    ['', { 'X-Tools': 'search_reviews' }, /"x-tools".*Known are x-mcp-readonly, x-mcp-toolsets, x-mcp-tools/],
    ['', { 'X-MCP-Exclude-Tools': 'create_post' }, /"x-mcp-exclude-tools"/],
  ])('%s with %j', async (query, headers, message) => {
    expect(await refusalOf(query, headers as Headers)).toMatch(message);
  });

  test('all faults of a request are in one error', async () => {
    const headers = { 'X-MCP-Toolset': 'reviews', 'X-Read-Only': 'true', 'X-MCP-Tools': 'serch_posts' };
    const message = await refusalOf('?readonly=ja&toolsets=post&rw=1', headers);
    for (const fault of ['x-mcp-toolset"', 'x-read-only"', 'serch_posts"', 'true or false', 'post"', 'rw"']) {
      expect(message).toContain(fault);
    }
  });

  test.each([
    [
      '?toolsets=analytics&tools=create_post',
      {},
      /No tool is left by \?toolsets in the URL and \?tools in the URL/,
    ],
    [
      '?readonly=true',
      { 'X-MCP-Tools': 'create_post' },
      /No tool is left by .*readonly.* and the header x-mcp-tools/,
    ],
    ['?toolsets=reviews', { 'X-MCP-Toolsets': 'posts' }, /No tool is left/],
  ])('a filter that leaves no tool: %s with %j', async (query, headers, message) => {
    expect(await refusalOf(query, headers as Headers)).toMatch(message);
  });

  test('an error names at most ten of thousands of unknown names, each shortened', async () => {
    const many = Array.from({ length: 2_000 }, (_, i) => `t${i}`).join();
    expect((await refusalOf(`?toolsets=${many}`))?.length).toBeLessThan(500);
    expect((await refusalOf(`?readonly${'r'.repeat(9_000)}=1`))?.length).toBeLessThan(500);
  });

  test('no client of either era connects, and its user sees the reason', async () => {
    const url = `${pair.url}?read-only=true`;
    await expect(connectV1(url, KEY)).rejects.toThrow(/did you mean readonly/);
    const modern = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    const connecting = modern.connect(new StreamableHTTPClientTransport(new URL(url)));
    await expect(connecting).rejects.toThrow(/did you mean readonly/);
    // A client pinned to 2026-07-28 reports the failure in its own words.
    await expect(connectV2(url, KEY)).rejects.toThrow();
  });
});

test('headers of the protocol, of clients and of proxies are no tool filter', async () => {
  const ordinary = [
    ...[
      'accept-language',
      'cache-control',
      'user-agent',
      'referer',
      'cookie',
      'pragma',
      'priority',
      'dnt',
      'via',
    ],
    ...[
      'sec-fetch-mode',
      'sec-fetch-site',
      'sec-gpc',
      'sec-ch-ua-platform',
      'origin-agent-cluster',
      'purpose',
    ],
    ...[
      'x-forwarded-for',
      'x-forwarded-proto',
      'x-forwarded-host',
      'x-forwarded-port',
      'forwarded',
      'x-real-ip',
    ],
    ...['x-request-id', 'x-correlation-id', 'x-amzn-trace-id', 'x-cloud-trace-context', 'cf-ray', 'cdn-loop'],
    ...[
      'cf-connecting-ip',
      'cf-ipcountry',
      'cf-visitor',
      'fly-client-ip',
      'fly-region',
      'fly-forwarded-proto',
    ],
    ...[
      'true-client-ip',
      'x-envoy-attempt-count',
      'x-b3-traceid',
      'b3',
      'traceparent',
      'tracestate',
      'baggage',
    ],
    ...[
      'x-stainless-lang',
      'x-client-name',
      'x-tool-name',
      'x-protocol',
      'x-total',
      'x-only',
      'last-event-id',
    ],
    ...['mcp-param-readonly', 'mcp-param-toolsets', 'mcp-param-tools', 'mcp-session-id'],
  ];
  const headers = Object.fromEntries(ordinary.map(name => [name, '1']));
  expect(await namesFor('', { ...headers, 'mcp-protocol-version': '2025-11-25' })).toEqual(ALL);
  const { body } = await postModern(pair.url, 'tools/list', {}, headers);
  expect(body.result?.tools).toHaveLength(ALL.length);
});
