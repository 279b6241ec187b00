import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, test } from 'vitest';
import { tools, toolsets } from '../../src/tools/index.ts';
import { demoAndClient } from '../support/demo.ts';
import { fillIn, readmeBlock, readmeBlocks } from '../support/readme.ts';
import { expectDone, runErrand, throughSdk } from '../support/smoke-scenario.ts';

/**
 * Clients that cannot be run here. What the README has for them has the form that they document, and its URL and
 * headers work: a real client uses them.
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
  const errand = await runErrand(client);
  await client.close();
  expectDone(errand);
}

/** The tools that a narrowed connection lists; the key in its headers must work all the same. */
async function listed(url: string, headers: Headers) {
  const client = await connect(url, headers);
  const names = await client.listTools();
  expect(await client.call('search_reviews', {})).toMatchObject({ reviews: expect.any(Array) });
  await client.close();
  return names;
}

/** `claude mcp add --transport http <name> <url> --header "<name>: <value>"`, in the shell's words. */
function claudeCommand(command: string): { url: string; headers: Headers } {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  expect(words.slice(0, 6)).toEqual(['claude', 'mcp', 'add', '--transport', 'http', 'partoo']);
  expect([words[7], words.length]).toEqual(['--header', 9]);
  const [name, value] = (words[8] as string).split(': ') as [string, string];
  return { url: words[6] as string, headers: { [name]: value } };
}

/** Cursor puts in what `${env:NAME}` stands for. */
const withEnv = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('${env:PARTOO_API_KEY}', KEY)]),
  );

test('Claude Code: its command', async () => {
  const { url: given, headers } = claudeCommand(readmeBlock('Claude Code', 'sh', { url: url(), key: KEY }));
  await expectWorks(given, headers);
});

test('Cursor: mcpServers, with the key from the environment', async () => {
  const config = JSON.parse(readmeBlock('Cursor', 'json', { url: url() }));
  expect(config).toEqual({
    mcpServers: { partoo: { url: url(), headers: { 'x-APIKey': '${env:PARTOO_API_KEY}' } } },
  });
  await expectWorks(config.mcpServers.partoo.url, withEnv(config.mcpServers.partoo.headers));
});

test('VS Code: servers, with a key that is asked for and kept', async () => {
  const { inputs, servers } = JSON.parse(readmeBlock('VS Code', 'json', { url: url() }));
  expect(inputs).toEqual([
    { type: 'promptString', id: expect.any(String), description: expect.any(String), password: true },
  ]);
  expect(servers).toEqual({
    partoo: { type: 'http', url: url(), headers: { 'x-APIKey': `\${input:${inputs[0].id}}` } },
  });
  await expectWorks(servers.partoo.url, { 'x-APIKey': KEY });
});

test('the OpenAI Responses API: a tool of type mcp', async () => {
  const tool = JSON.parse(
    readmeBlock('Agents through the OpenAI Responses API', 'json', { url: url(), key: KEY }),
  );
  expect(tool).toEqual({
    type: 'mcp',
    server_label: expect.stringMatching(/^[a-zA-Z][\w-]*$/),
    server_url: url(),
    headers: { 'x-APIKey': KEY },
    require_approval: 'always',
  });
  await expectWorks(tool.server_url, tool.headers);
});

describe('use less than everything', () => {
  const reads = tools.filter(({ effect }) => effect === 'reads').map(({ name }) => name);
  const [claude, curl] = readmeBlocks('Use less than everything', 'sh');

  test('Claude Code: only the tools that read', async () => {
    const { url: given, headers } = claudeCommand(fillIn(claude ?? '', { url: url(), key: KEY }));
    expect(await listed(given, headers)).toEqual(reads);
  });

  test('Cursor: only what reads, of businesses and reviews', async () => {
    const { partoo } = JSON.parse(readmeBlock('Use less than everything', 'json', { url: url() })).mcpServers;
    const some = [...toolsets.businesses, ...toolsets.reviews].map(({ name }) => name);
    expect(await listed(partoo.url, withEnv(partoo.headers))).toEqual(
      reads.filter(name => some.includes(name)),
    );
  });

  test('curl: the same, without a client or a key', async () => {
    const page = /^curl -s "https:\/\/mcp\.example\.com(\/tools\?readonly=true)"$/.exec(curl ?? '')?.[1];
    const answer = await (await fetch(new URL(page ?? '', url()))).json();
    expect((answer as { tools: { name: string }[] }).tools.map(({ name }) => name)).toEqual(reads);
  });
});
