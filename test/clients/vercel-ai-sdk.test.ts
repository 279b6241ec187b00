import { test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { clientSnippet } from '../support/doc-snippets.ts';
import { expectSmokePassed } from '../support/smoke-scenario.ts';
import { runSnippet } from '../support/snippet.ts';

const { url, machine } = demoAndClient();

test('@ai-sdk/mcp, as documented, lists, reads and writes', async () => {
  const snippet = clientSnippet('Vercel AI SDK', 'ts', { url: url() });
  const run = await runSnippet(machine(), snippet, {
    listTools: 'async () => Object.keys(tools)',
    // As generateText does for a tool call of the model.
    call: `async ({ name, arguments: input }) =>
      (await tools[name].execute(input, { toolCallId: 'call-1', messages: [] })).structuredContent`,
  });
  expectSmokePassed(run);
}, 60_000);
