import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { definitions, returnPage } from '../support/tool-definitions.ts';
import { printAddress } from './print-address.ts';

/** v2 of the TypeScript SDK as its documentation shows it: its default handler, an McpServer per request, node:http. */
const handler = createMcpHandler(({ requestInfo }) => {
  const server = new McpServer({ name: 'sdk-v2', version: '1.0.0' });
  for (const { name, ...config } of definitions) {
    server.registerTool(name, config, () => returnPage(requestInfo?.headers.get('x-apikey')));
  }
  return server;
});
const handle = toNodeHandler(handler);

printAddress(createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1'));
