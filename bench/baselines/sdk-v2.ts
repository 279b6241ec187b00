import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { answerPage, definitions } from '../support/tool-definitions.ts';
import { tellAddress } from './tell-address.ts';

/** v2 of the TypeScript SDK as its documentation shows it: its default handler, an McpServer per request, node:http. */
const handler = createMcpHandler(({ requestInfo }) => {
  const server = new McpServer({ name: 'sdk-v2', version: '1.0.0' });
  for (const { name, ...config } of definitions) {
    server.registerTool(name, config, () => answerPage(requestInfo?.headers.get('x-apikey')));
  }
  return server;
});
const answer = toNodeHandler(handler);

tellAddress(createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1'));
