import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { expectDone, runErrand } from '../support/errand.ts';
import { readmeBlock } from '../support/readme.ts';

const { url, machine } = demoAndClient();

test('mcp-remote, configured as the README has it for Claude Desktop, lists, reads and writes', async () => {
  const block = readmeBlock('Claude Desktop', 'json', { url: url(), key: 'demo-admin' });
  const { command, args, env } = JSON.parse(block).mcpServers.partoo;
  expect([command, ...args.slice(0, 2)]).toEqual(['npx', '-y', 'mcp-remote']);

  const transport = new StdioClientTransport({
    command,
    args,
    env: { ...machine().env, ...env },
    stderr: 'pipe',
  });
  const said = text(transport.stderr as Readable);
  const client = new Client({ name: 'a-desktop', version: '1.0.0' });
  await client.connect(transport);
  const errand = await runErrand({
    listTools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args) =>
      (await client.callTool({ name, arguments: args })).structuredContent as Record<string, unknown>,
  });
  await client.close();
  expectDone(errand);
  const log = await said;
  expect(log).toContain('Connected to remote server using StreamableHTTPClientTransport');
  expect(log, 'no login is tried').not.toMatch(/browser|authorize|authorization required|registering/i);
}, 60_000);
