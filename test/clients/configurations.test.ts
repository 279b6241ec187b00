import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, test } from 'vitest';
import { DEFAULT_TOOLS } from '../../src/mcp/tool-filter/enabled-tools.ts';
import type { Tool } from '../../src/tools/definition/define-tool.ts';
import { toolsets } from '../../src/tools/index.ts';
import { demoAndClient } from '../support/demo.ts';
import { clientSnippet, fillIn, snippets } from '../support/doc-snippets.ts';
import { expectSmokePassed, runSmokeScenario, throughSdk } from '../support/smoke-scenario.ts';

/**
 * Clients that cannot be installed here. Each snippet of docs/clients.md and the README has the form that its client
 * documents, and its URL and headers work with another client.
 */
const { url } = demoAndClient();
const KEY = 'demo-admin';

type Headers = Record<string, string>;

async function connect(url: string, headers: Headers) {
  const client = new Client({ name: 'stands-in', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return { ...throughSdk(client), close: () => client.close() };
}

async function expectWorks(url: string, headers: Headers) {
  const client = await connect(url, headers);
  const run = await runSmokeScenario(client);
  await client.close();
  expectSmokePassed(run);
}

/** Returns the tools that a filtered connection lists, and checks that its key still works. */
async function listed(url: string, headers: Headers) {
  const client = await connect(url, headers);
  const names = await client.listTools();
  expect(await client.call('search_reviews', {})).toMatchObject({ reviews: expect.any(Array) });
  await client.close();
  return names;
}

/** Parses `claude mcp add --transport http <name> <url> --header "<name>: <value>"` as a shell would. */
function claudeCommand(command: string): { url: string; headers: Headers } {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  expect(words.slice(0, 6)).toEqual(['claude', 'mcp', 'add', '--transport', 'http', 'partoo']);
  expect([words[7], words.length]).toEqual(['--header', 9]);
  const [name, value] = (words[8] as string).split(': ') as [string, string];
  return { url: words[6] as string, headers: { [name]: value } };
}

/** Cursor replaces `${env:NAME}`. */
const withEnv = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('${env:PARTOO_API_KEY}', KEY)]),
  );

test('the Claude Code command works', async () => {
  const { url: given, headers } = claudeCommand(clientSnippet('Claude Code', 'sh', { url: url(), key: KEY }));
  await expectWorks(given, headers);
});

test('the Cursor configuration works, with the key from the environment', async () => {
  const config = JSON.parse(clientSnippet('Cursor', 'json', { url: url() }));
  expect(config).toEqual({
    mcpServers: { partoo: { url: url(), headers: { 'x-APIKey': '${env:PARTOO_API_KEY}' } } },
  });
  await expectWorks(config.mcpServers.partoo.url, withEnv(config.mcpServers.partoo.headers));
});

test('the VS Code configuration works, with a key that VS Code asks for', async () => {
  const { inputs, servers } = JSON.parse(clientSnippet('VS Code', 'json', { url: url() }));
  expect(inputs).toEqual([
    { type: 'promptString', id: expect.any(String), description: expect.any(String), password: true },
  ]);
  expect(servers).toEqual({
    partoo: { type: 'http', url: url(), headers: { 'x-APIKey': `\${input:${inputs[0].id}}` } },
  });
  await expectWorks(servers.partoo.url, { 'x-APIKey': KEY });
});

test('the tool for the OpenAI Responses API works', async () => {
  const tool = JSON.parse(clientSnippet('OpenAI Responses API', 'json', { url: url(), key: KEY }));
  expect(tool).toEqual({
    type: 'mcp',
    server_label: expect.stringMatching(/^[a-zA-Z][\w-]*$/),
    server_url: url(),
    headers: { 'x-APIKey': KEY },
    require_approval: 'always',
  });
  await expectWorks(tool.server_url, tool.headers);
});

describe('tool filters', () => {
  const namesOfReads = (tools: readonly Tool[]) =>
    tools.filter(({ effect }) => effect === 'reads').map(({ name }) => name);
  const reads = namesOfReads(DEFAULT_TOOLS);
  const [claude, curl] = snippets('Tool filters', 'sh');

  test('the Claude Code command leaves only read tools', async () => {
    const { url: given, headers } = claudeCommand(fillIn(claude ?? '', { url: url(), key: KEY }));
    expect(await listed(given, headers)).toEqual(reads);
  });

  test('the Cursor configuration leaves only the read tools of businesses and reviews', async () => {
    const { partoo } = JSON.parse(clientSnippet('Tool filters', 'json', { url: url() })).mcpServers;
    expect(await listed(partoo.url, withEnv(partoo.headers))).toEqual(
      namesOfReads([...toolsets.businesses, ...toolsets.reviews]),
    );
  });

  test('GET /tools shows the same read tools without a key', async () => {
    const page = /^curl -s "https:\/\/mcp\.example\.com(\/tools\?readonly=true)"$/.exec(curl ?? '')?.[1];
    const list = await (await fetch(new URL(page ?? '', url()))).json();
    expect((list as { tools: { name: string }[] }).tools.map(({ name }) => name)).toEqual(reads);
  });
});

describe('the README', () => {
  const [claude, code] = snippets('Connect a client', 'sh', 'README.md').join().split('\n');
  const [cursor] = snippets('Connect a client', 'json', 'README.md');
  const filled = (block = '') => fillIn(block, { url: url(), key: KEY });

  test('has a Claude Code command that works', async () => {
    const { url: given, headers } = claudeCommand(filled(claude));
    await expectWorks(given, headers);
  });

  test('has a VS Code command that works', async () => {
    const json = /^code --add-mcp '(.*)'$/.exec(filled(code))?.[1] ?? '';
    const { name, type, url: given, headers } = JSON.parse(json);
    expect({ name, type }).toEqual({ name: 'partoo', type: 'http' });
    await expectWorks(given, headers);
  });

  test('has a Cursor configuration that works', async () => {
    const { partoo } = JSON.parse(filled(cursor)).mcpServers;
    await expectWorks(partoo.url, partoo.headers);
  });
});
