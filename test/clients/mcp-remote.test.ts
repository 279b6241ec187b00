import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { clientSnippet } from '../support/doc-snippets.ts';
import { expectSmokePassed, runSmokeScenario, throughSdk } from '../support/smoke-scenario.ts';

const { url, machine } = demoAndClient();

test('mcp-remote, configured as documented for Claude Desktop, lists, reads and writes', async () => {
  const block = clientSnippet('Claude Desktop', 'json', { url: url(), key: 'demo-admin' });
  const { command, args, env } = JSON.parse(block).mcpServers.partoo;
  expect([command, ...args.slice(0, 2)]).toEqual(['npx', '-y', 'mcp-remote']);

  const transport = new StdioClientTransport({
    command,
    args,
    env: { ...machine().env, ...env },
    stderr: 'pipe',
  });
  const stderr = text(transport.stderr as Readable);
  const client = new Client({ name: 'a-desktop', version: '1.0.0' });
  await client.connect(transport);
  const run = await runSmokeScenario(throughSdk(client));
  await client.close();
  expectSmokePassed(run);
  expect(await stderr).toContain('Connected to remote server using StreamableHTTPClientTransport');
  const files = await readdir(join(machine().home, '.mcp-auth'), { recursive: true, withFileTypes: true });
  expect(
    files.filter(entry => entry.isFile()),
    'no login: it would have left its registration here',
  ).toEqual([]);
}, 60_000);
