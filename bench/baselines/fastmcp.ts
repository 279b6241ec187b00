import { FastMCP } from 'fastmcp';
import { freePort } from '../../test/support/free-port.ts';
import { answerPage, definitions } from '../support/tool-definitions.ts';

/**
 * fastmcp without sessions. Its answers are JSON, which is cheaper than the streams that are its default. It has no
 * 2026-07-28, and builds an McpServer per request as well.
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
    execute: (_args, { session }) => answerPage(session?.key),
  });
}

// It cannot be asked which port it was given.
const port = await freePort();
await server.start({
  transportType: 'httpStream',
  httpStream: { host: '127.0.0.1', port, stateless: true, enableJsonResponse: true },
});
process.stdout.write(`Server listening at http://127.0.0.1:${port}\n`);
