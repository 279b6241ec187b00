import { fastify } from 'fastify';

/** A Fastify app with one route: the baseline for start time. */
const app = fastify();

app.post<{ Body: { id: number } }>('/mcp', async ({ body }) => ({ jsonrpc: '2.0', id: body.id, result: {} }));

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`Server listening at ${address}\n`);
