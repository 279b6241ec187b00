import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS } from '../../support/clients.ts';
import { postModern } from '../../support/post.ts';
import { type RunningServer, startServer } from '../../support/start.ts';
import { ALL, POSTS, READING_REVIEWS, READS, REVIEWS } from '../../support/tool-filter.ts';

const NO_PARTOO = 'http://127.0.0.1:9/v2';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(NO_PARTOO);
});
afterAll(() => server.close());

const get = (query = '', headers: Record<string, string> = {}, origin = server.origin) =>
  fetch(`${origin}/tools${query}`, { headers });

interface Page {
  server: Record<string, unknown>;
  tools: { name: string; annotations: { readOnlyHint: boolean } }[];
}

const pageOf = async (response: Response) => (await response.json()) as Page;

describe('GET /tools', () => {
  test('shows the result of tools/list', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const page = await pageOf(response);
    expect(page.server).toEqual({
      name: 'partoo-mcp',
      title: 'Partoo',
      version: expect.stringMatching(/^\d/),
    });
    for (const { connect } of CLIENTS) {
      const client = await connect(server.url);
      expect(await client.listTools()).toEqual(page.tools);
      await client.close();
    }
  });

  test('is formatted for people', async () => {
    expect((await (await get()).text()).split('\n').length).toBeGreaterThan(100);
  });

  test.each([
    ['?readonly=true', {}, READS.length],
    ['', { 'X-MCP-Readonly': 'TRUE' }, READS.length],
    ['?toolsets=posts,reviews', {}, POSTS.length + REVIEWS.length],
    ['', { 'X-MCP-Toolsets': 'reviews' }, REVIEWS.length],
    ['?tools=search_posts', { 'X-MCP-Tools': 'search_posts,create_post' }, 1],
  ])('applies the tool filter of %s with %j as /mcp does', async (query, headers, count) => {
    const given = headers as Record<string, string>;
    const { body } = await postModern(`${server.url}${query}`, 'tools/list', {}, given);
    const page = await pageOf(await get(query, given));
    expect(page.tools).toEqual(body.result?.tools);
    expect(page.tools).toHaveLength(count);
  });

  test.each([
    ['', 'public, max-age=300'],
    ['?readonly=false', 'public, max-age=300'],
    ['?readonly=true', 'private, max-age=300'],
  ])('with %s has Cache-Control: %s, as tools/list does', async (query, cacheControl) => {
    const { headers } = await get(query);
    expect(headers.get('cache-control')).toBe(cacheControl);
    expect(headers.get('vary')).toBe('x-mcp-readonly, x-mcp-toolsets, x-mcp-tools');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    ['?read_only=true', {}, /did you mean readonly\?/],
    ['', { 'X-Readonly': 'true' }, /did you mean x-mcp-readonly\?/],
    ['?toolsets=review', {}, /Known are default, all, businesses, reviews, messages, posts, analytics/],
    ['?tools=', {}, /is empty/],
    ['?readonly=true&tools=create_post', {}, /No tool is left/],
  ])('refuses %s with %j, uncached', async (query, headers, message) => {
    const response = await get(query, headers as Record<string, string>);
    expect(response.status).toBe(400);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ error: expect.stringMatching(message) });
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'refuses %s with 405 and the allowed methods',
    async method => {
      const response = await fetch(`${server.origin}/tools`, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD');
      expect(await response.json()).toHaveProperty('error');
    },
  );

  test('responds to HEAD as to GET, without the body', async () => {
    const response = await fetch(`${server.origin}/tools`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('is linked from the front page', async () => {
    expect(await (await fetch(server.origin)).text()).toContain('href="/tools"');
  });

  test('shows only the tools that the settings enable', async () => {
    const readOnly = await startServer(NO_PARTOO, { READ_ONLY: 'true', TOOLSETS: 'reviews' });
    const { tools } = await pageOf(await get('', {}, readOnly.origin));
    expect(tools.map(({ name }) => name)).toEqual(READING_REVIEWS);
    await readOnly.close();
  });
});

describe('GET /tools with ANONYMOUS_DISCOVERY=false', () => {
  let closed: RunningServer;
  beforeAll(async () => {
    closed = await startServer(NO_PARTOO, { ANONYMOUS_DISCOVERY: 'false' });
  });
  afterAll(() => closed.close());

  test.each(['', '?read_only=true', '?toolsets=foo'])(
    'and the query %j responds 401 without a key, as /mcp does, and names no tool',
    async query => {
      for (const response of [
        await get(query, {}, closed.origin),
        await fetch(`${closed.url}${query}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
        }),
      ]) {
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toBe('ApiKey header="x-APIKey"');
        const text = await response.text();
        expect(text).toContain('x-APIKey');
        expect(text).not.toMatch(/reviews|readonly/);
      }
    },
  );

  test('and a key shows the list, cacheable by its owner only', async () => {
    const response = await get('', { 'x-APIKey': 'k' }, closed.origin);
    expect(response.headers.get('cache-control')).toBe('private, max-age=300');
    expect((await pageOf(response)).tools).toHaveLength(ALL.length);
  });
});
