import { beforeAll, expect, test } from 'vitest';
import { connectV1 } from '../../support/clients.ts';
import { snippetIn } from '../../support/connect-page.ts';
import { demoAndClient } from '../../support/demo.ts';
import { expectSmokePassed } from '../../support/smoke-scenario.ts';
import { runSnippet } from '../../support/snippet.ts';

/** The snippets of the demo's page, as a person copies them. */
const { url, machine } = demoAndClient();
let page: string;
beforeAll(async () => {
  page = await (await fetch(new URL('/', url()))).text();
});

const snippet = (name: string) => snippetIn(page, name) ?? '';

/** Connects with a snippet's URL and headers, and finds the three businesses asked for. */
async function expectWorks({ url: given, headers }: { url: string; headers?: Record<string, string> }) {
  expect(given).toBe(url());
  const client = await connectV1(given, headers);
  const { isError, structured } = await client.call('search_businesses', { per_page: 3 });
  expect(isError).toBe(false);
  expect(structured?.businesses).toHaveLength(3);
  await client.close();
}

test('the curl command runs in a shell', async () => {
  const response = JSON.parse(await machine().run('sh', ['-c', snippet('curl')]));
  expect(response.result.structuredContent.businesses).toHaveLength(3);
});

test('the Claude Code command has the URL and a header that work', async () => {
  const [, given = '', name = '', value = ''] =
    /^claude mcp add --transport http partoo (\S+) --header "(.*?): (.*)"$/.exec(snippet('claudeCode')) ?? [];
  await expectWorks({ url: given, headers: { [name]: value } });
});

test('the configurations of Cursor and VS Code have a URL and headers that work', async () => {
  await expectWorks(JSON.parse(snippet('cursor')).mcpServers.partoo);
  await expectWorks(JSON.parse(snippet('vsCode')).servers.partoo);
});

test('the configuration of Claude Desktop names the header and its value', async () => {
  const { args, env } = JSON.parse(snippet('mcpRemote')).mcpServers.partoo;
  const [name = '', variable = ''] = args[4].split(':');
  await expectWorks({ url: args[2], headers: { [name]: env[variable.slice(2, -1)] } });
});

test('the TypeScript program runs, and its connection lists, reads and writes', async () => {
  const run = await runSnippet(machine(), snippet('typescript'), {
    listTools: 'async () => (await client.listTools()).tools.map(({ name }) => name)',
    call: 'async step => (await client.callTool(step)).structuredContent',
    reports: '{ found: found.structuredContent.businesses.length }',
    expected: { found: 3 },
  });
  expectSmokePassed(run);
});
