import { fastify } from 'fastify';
import { askForPage } from '../support/ask-upstream.ts';

/** The least a hosted server can do: take the call, ask Partoo, wrap the answer. No protocol, no limits, no checks. */
const app = fastify();

app.post<{ Body: { id: number } }>('/mcp', async ({ body, headers }) => {
  const text = JSON.stringify(await askForPage(headers['x-apikey']));
  return { jsonrpc: '2.0', id: body.id, result: { content: [{ type: 'text', text }] } };
});

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`Server listening at ${address}\n`);
