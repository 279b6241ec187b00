import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { definitions, returnPage } from '../support/tool-definitions.ts';
import { printAddress } from './print-address.ts';

/**
 * v1 of the TypeScript SDK without sessions, as its documentation shows it: an McpServer and a transport per request, on
 * Express. It responds with JSON: cheaper than streams, its default.
 */
const app = express();
app.use(express.json());

app.post('/mcp', async (request, response) => {
  const server = new McpServer({ name: 'sdk-v1', version: '1.0.0' });
  for (const { name, inputSchema, ...config } of definitions) {
    server.registerTool(name, { ...config, inputSchema: inputSchema.shape }, (_args, { requestInfo }) =>
      returnPage(requestInfo?.headers['x-apikey']),
    );
  }
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: undefined,
    enableJsonResponse: true,
  });
  response.on('close', () => {
    void transport.close();
    void server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

printAddress(app.listen(0, '127.0.0.1'));
