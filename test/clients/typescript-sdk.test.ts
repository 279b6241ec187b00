import { test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { clientSnippet } from '../support/doc-snippets.ts';
import { expectDone } from '../support/smoke-scenario.ts';
import { runSnippet } from '../support/snippet.ts';

const { url, machine } = demoAndClient();

test.each([
  // What v2 negotiated: asked for nothing else than `auto`, it must end on the newest revision.
  { sdk: 'v2', revision: 'client.getNegotiatedProtocolVersion()', told: '2026-07-28' },
  { sdk: 'v1', revision: 'client.transport.protocolVersion', told: '2025-11-25' },
])(
  'the TypeScript SDK $sdk, as documented, lists, reads and writes, on $told',
  async ({ sdk, revision, told }) => {
    const snippet = clientSnippet(`TypeScript SDK ${sdk}`, 'ts', { url: url() });
    const errand = await runSnippet(machine(), snippet, {
      listTools: 'async () => (await client.listTools()).tools.map(({ name }) => name)',
      call: 'async step => (await client.callTool(step)).structuredContent',
      tells: `{
        revision: ${revision},
        failed: found.isError ?? false,
        states: [...new Set(found.structuredContent?.reviews.map(({ state }) => state))],
      }`,
      told: { revision: told, failed: false, states: ['not_treated'] },
    });
    expectDone(errand);
  },
  60_000,
);
