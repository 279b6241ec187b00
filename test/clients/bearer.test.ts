import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { demoAndClient } from '../support/demo.ts';
import { clientSnippet } from '../support/doc-snippets.ts';
import { expectSmokePassed, runSmokeScenario, throughSdk } from '../support/smoke-scenario.ts';

const { url } = demoAndClient();

test('a client that sends only a bearer token, as documented, lists, reads and writes', async () => {
  const block = clientSnippet('Anthropic Messages API', 'json', {
    url: url(),
    key: 'demo-admin',
  });
  const { mcp_servers, tools } = JSON.parse(block);
  // The form that the Anthropic API documents for its MCP connector.
  expect(mcp_servers).toEqual([
    { type: 'url', name: 'partoo', url: url(), authorization_token: expect.any(String) },
  ]);
  expect(tools).toEqual([{ type: 'mcp_toolset', mcp_server_name: mcp_servers[0].name }]);

  const { authorization_token } = mcp_servers[0];
  const client = new Client({ name: 'a-connector', version: '1.0.0' });
  const authProvider = { token: async () => authorization_token };
  await client.connect(new StreamableHTTPClientTransport(new URL(mcp_servers[0].url), { authProvider }));
  const run = await runSmokeScenario(throughSdk(client));
  await client.close();
  expectSmokePassed(run);
});
