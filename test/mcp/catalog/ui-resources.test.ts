import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectV1, connectV2, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

async function withClient<Value>(
  connect: typeof connectV1,
  query: string,
  use: (client: TestClient) => Promise<Value>,
): Promise<Value> {
  const client = await connect(`${pair.url}${query}`, { 'x-APIKey': 'demo-admin' });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const uriOf = async (client: TestClient, tool: string) =>
  (await client.listTools()).find(({ name }) => name === tool)?._meta?.ui?.resourceUri ?? '';

const enabledIn = (html: string): string[] =>
  JSON.parse(/id="enabled-tools">(.*?)<\/script>/.exec(html)?.[1] ?? '[]');

describe.each([
  { era: '2026-07-28', connect: connectV2 },
  { era: '2025-11-25', connect: connectV1 },
])('in $era', ({ connect }) => {
  test('a tool names its view, which can be listed and read and has nothing to load', async () => {
    const { uri, listed, html } = await withClient(connect, '', async client => {
      const uri = await uriOf(client, 'search_reviews');
      return { uri, listed: await client.listResources(), html: await client.readResource(uri) };
    });
    expect(listed).toContainEqual(expect.objectContaining({ uri, mimeType: 'text/html;profile=mcp-app' }));
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/\b(?:src|href)=["']?https?:/);
  });

  test('a connection that only reads has other URIs, and views that know what they may not offer', async () => {
    const full = await withClient(connect, '', async client => uriOf(client, 'search_reviews'));
    const [uri, html] = await withClient(connect, '?readonly=true', async client => {
      const uri = await uriOf(client, 'search_reviews');
      // The URI of another connection gives no more than this connection's own.
      return [uri, await client.readResource(full)] as const;
    });
    expect(uri).not.toBe(full);
    expect(enabledIn(html)).toContain('search_reviews');
    expect(enabledIn(html)).not.toContain('reply_to_review');
  });

  test('a view whose tools are hidden is neither listed nor read', async () => {
    const uri = await withClient(connect, '', async client => uriOf(client, 'search_reviews'));
    await withClient(connect, '?toolsets=messages', async client => {
      expect(await client.listResources()).toEqual([]);
      await expect(client.readResource(uri)).rejects.toThrow(/not found/i);
    });
  });

  test('the view of an older version of the server is read in its current version', async () => {
    const html = await withClient(connect, '', client =>
      client.readResource('ui://partoo-mcp/reviews-000000000000.html'),
    );
    expect(html).toMatch(/^<!doctype html>/);
  });
});

test('tools name the view of their results, and no other tool has one', async () => {
  const tools = await withClient(connectV2, '?toolsets=all', client => client.listTools());
  const views = tools.flatMap(({ name, _meta }) => {
    const [, view] = /^ui:\/\/partoo-mcp\/(\w+)-/.exec(_meta?.ui?.resourceUri ?? '') ?? [];
    return view === undefined ? [] : [[name, view]];
  });
  expect(Object.fromEntries(views)).toEqual({
    search_reviews: 'reviews',
    get_review_metrics: 'figures',
    get_profile_metrics: 'figures',
    get_profile_keywords: 'figures',
    search_posts: 'posts',
    create_post: 'posts',
    get_business: 'location',
    update_business: 'location',
  });
});

test('a view has at most 200 kB, 60 kB gzipped, since a host loads it with each result', async () => {
  await withClient(connectV2, '?toolsets=all', async client => {
    for (const { uri } of await client.listResources()) {
      const html = Buffer.from(await client.readResource(uri));
      expect(html.length, uri).toBeLessThanOrEqual(200_000);
      expect(gzipSync(html).length, uri).toBeLessThanOrEqual(60_000);
    }
  });
});

test('a host without views gets the same result', async () => {
  await withClient(connectV1, '', async client => {
    const { content, structuredContent } = (await client.callRaw('search_reviews', { per_page: 1 })) as {
      content: { type: string; text: string }[];
      structuredContent: unknown;
    };
    expect(content.map(({ type }) => type)).toEqual(['text']);
    expect(structuredContent).toEqual(JSON.parse(content[0]?.text ?? ''));
  });
});
