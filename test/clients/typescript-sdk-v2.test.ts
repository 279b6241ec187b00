import { test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { expectDone } from '../support/errand.ts';
import { readmeBlock } from '../support/readme.ts';
import { runSnippet } from '../support/snippet.ts';

const { url, machine } = demoAndClient();

test('@modelcontextprotocol/client, as the README has it, lists, reads and writes', async () => {
  const snippet = readmeBlock('The TypeScript SDK**, v2', 'ts', { url: url() });
  const errand = await runSnippet(machine(), snippet, {
    listTools: 'async () => (await client.listTools()).tools.map(({ name }) => name)',
    call: 'async step => (await client.callTool(step)).structuredContent',
  });
  expectDone(errand);
}, 60_000);
