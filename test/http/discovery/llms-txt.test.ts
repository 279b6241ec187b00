import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../support/start.ts';
import { ALL, READING_REVIEWS } from '../../support/tool-filter.ts';
import { DEPLOYMENTS, PUBLIC_URL, type Way } from './deployments.ts';

const NO_PARTOO = 'http://127.0.0.1:9/v2';
const URL_OF_MCP = `${PUBLIC_URL}/mcp`;

async function textWith(env: Record<string, string>): Promise<string> {
  const server = await startServer(NO_PARTOO, env);
  const text = await (await fetch(`${server.origin}/llms.txt`)).text();
  await server.close();
  return text;
}

const textWhere = (way: Way) => textWith(DEPLOYMENTS[way]);

/** Returns the links under each heading of the second level. */
function sectionsOf(text: string): Map<string, { name: string; url: string }[]> {
  const [, ...sections] = text.split(/^## /m);
  return new Map(
    sections.map(section => {
      const [title = '', , ...lines] = section.trimEnd().split('\n');
      const links = lines.map(line => {
        // The form that llmstxt.org has for lists of files.
        const link = /^- \[([^[\]]+)\]\((https?:\/\/[^()\s]+)\): (?:[^[]|\\\[)+$/.exec(line);
        expect(link, line).not.toBeNull();
        return { name: link?.[1] ?? '', url: link?.[2] ?? '' };
      });
      return [title, links];
    }),
  );
}

describe('llms.txt', () => {
  let server: RunningServer;
  let text: string;
  beforeAll(async () => {
    server = await startServer(NO_PARTOO);
    text = await (await fetch(`${server.origin}/llms.txt`)).text();
  });
  afterAll(() => server.close());

  test('has the form of llmstxt.org: a title, a summary, prose without headings, then lists of links', () => {
    expect(text).toMatch(/^# Partoo MCP server\n\n> .+\n\n/);
    expect(text.match(/^# /gm)).toHaveLength(1);
    expect(text).not.toMatch(/^###/m);
    expect([...sectionsOf(text).keys()]).toEqual(['Tools', 'Tools that a filter adds', 'About this server']);
  });

  test('links every tool to its own description, and every link of this server works', async () => {
    const sections = sectionsOf(text);
    const names = (title: string) => sections.get(title)?.map(({ name }) => name) ?? [];
    expect(names('Tools').toSorted()).toEqual(ALL.toSorted());
    expect(names('Tools that a filter adds')).toContain('delete_post');
    for (const { name, url } of [...sections.values()].flat()) {
      if (!url.startsWith(server.origin)) continue;
      const response = await fetch(url);
      expect(response.status, url).toBe(200);
      if (!url.includes('?tools=')) continue;
      const { tools } = (await response.json()) as { tools: { name: string }[] };
      expect(tools.map(tool => tool.name)).toEqual([name]);
    }
  });

  test('has configurations of clients that are valid JSON with the URL of this server', () => {
    const blocks = [...text.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, json = '']) => json);
    expect(blocks.length).toBeGreaterThan(2);
    for (const json of blocks) expect(JSON.stringify(JSON.parse(json))).toContain(`"${server.url}"`);
    expect(text).toContain(`claude mcp add --transport http partoo ${server.url}`);
  });

  test('names only the tools that the settings permit', async () => {
    const sections = sectionsOf(await textWith({ READ_ONLY: 'true', TOOLSETS: 'reviews' }));
    expect(sections.get('Tools')?.map(({ name }) => name)).toEqual(READING_REVIEWS);
    expect(sections.has('Tools that a filter adds')).toBe(false);
  });

  test('names no tool where only callers with credentials may list them', async () => {
    const closed = await textWith({ ANONYMOUS_DISCOVERY: 'false' });
    expect([...sectionsOf(closed).keys()]).toEqual(['About this server']);
    expect(closed).not.toMatch(/search_reviews|delete_post/);
  });

  test.each<[Way, RegExp, RegExp]>([
    ['keys of their own', /send a Partoo API key in the header `x-APIKey`/, /OAuth|access token/],
    [
      'sign-in with a key',
      /opens a page in the browser; the person signs in there with a Partoo API key/,
      /--header/,
    ],
    ["the company's login", /signs in there with the company's login/, /--header|API key in/],
    ["the company's login, and team tokens", /without OAuth: send the access token/, /--header|API key in/],
    ['team tokens', /--header "Authorization: Bearer YOUR_ACCESS_TOKEN"/, /OAuth|API key in/],
    ['an access token', /--header "Authorization: Bearer YOUR_ACCESS_TOKEN"/, /OAuth|API key in/],
    ['nothing, on one machine', /Credentials: none, for programs on the machine/, /--header|OAuth|YOUR_/],
  ])('says how to connect where callers use %s', async (way, shown, hidden) => {
    const said = await textWhere(way);
    expect(said).toMatch(shown);
    expect(said).not.toMatch(hidden);
    if ('PUBLIC_URL' in DEPLOYMENTS[way]) expect(said).toContain(`- URL: \`${URL_OF_MCP}\``);
  });
});
