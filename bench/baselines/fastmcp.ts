import { FastMCP } from 'fastmcp';
import { freePort } from '../../test/support/free-port.ts';
import { definitions, returnPage } from '../support/tool-definitions.ts';

/**
 * fastmcp without sessions, with JSON responses: cheaper than streams, its default. It does not support 2026-07-28, and
 * also builds an McpServer per request.
 */
const server = new FastMCP<{ key: unknown }>({
  name: 'fastmcp',
  version: '1.0.0',
  authenticate: async request => ({ key: request.headers['x-apikey'] }),
});
for (const { name, title, description, inputSchema, outputSchema, annotations } of definitions) {
  server.addTool({
    name,
    description,
    parameters: inputSchema,
    outputSchema,
    annotations: { title, ...annotations },
    execute: (_args, { session }) => returnPage(session?.key),
  });
}

// fastmcp does not report the port that it listens on.
const port = await freePort();
await server.start({
  transportType: 'httpStream',
  httpStream: { host: '127.0.0.1', port, stateless: true, enableJsonResponse: true },
});
process.stdout.write(`Server listening at http://127.0.0.1:${port}\n`);
