import { fastify } from 'fastify';
import { fetchPage } from '../support/fetch-page.ts';

/** The least a hosted server can do: take the call, request Partoo, wrap the response. No protocol, no limits, no checks. */
const app = fastify();

app.post<{ Body: { id: number } }>('/mcp', async ({ body, headers }) => {
  const text = JSON.stringify(await fetchPage(headers['x-apikey']));
  return { jsonrpc: '2.0', id: body.id, result: { content: [{ type: 'text', text }] } };
});

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`Server listening at ${address}\n`);
