import { test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { clientSnippet } from '../support/doc-snippets.ts';
import { expectSmokePassed } from '../support/smoke-scenario.ts';
import { runSnippet } from '../support/snippet.ts';

const { url, machine } = demoAndClient();

test.each([
  // The newest revision, though the client only negotiates.
  { sdk: 'v2', revision: 'client.getNegotiatedProtocolVersion()', negotiated: '2026-07-28' },
  { sdk: 'v1', revision: 'client.transport.protocolVersion', negotiated: '2025-11-25' },
])(
  'the TypeScript SDK $sdk, as documented, lists, reads and writes, on $negotiated',
  async ({ sdk, revision, negotiated }) => {
    const snippet = clientSnippet(`TypeScript SDK ${sdk}`, 'ts', { url: url() });
    const run = await runSnippet(machine(), snippet, {
      listTools: 'async () => (await client.listTools()).tools.map(({ name }) => name)',
      call: 'async step => (await client.callTool(step)).structuredContent',
      reports: `{
        revision: ${revision},
        failed: found.isError ?? false,
        states: [...new Set(found.structuredContent?.reviews.map(({ state }) => state))],
      }`,
      expected: { revision: negotiated, failed: false, states: ['not_treated'] },
    });
    expectSmokePassed(run);
  },
  60_000,
);
