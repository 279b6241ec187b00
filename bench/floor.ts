import { fastify } from 'fastify';
import { Agent, request } from 'undici';

/** The least a hosted server can do: take the call, ask Partoo, wrap the answer. No protocol, no limits, no checks. */
const agent = new Agent();
const app = fastify();

app.post<{ Body: { id: number } }>('/mcp', async ({ body, headers }) => {
  const { body: answer } = await request(`${process.env.PARTOO_BASE_URL}/business/search?per_page=30`, {
    dispatcher: agent,
    headers: { 'x-APIKey': String(headers['x-apikey']) },
  });
  const text = JSON.stringify(await answer.json());
  return { jsonrpc: '2.0', id: body.id, result: { content: [{ type: 'text', text }] } };
});

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`Server listening at ${address}\n`);
