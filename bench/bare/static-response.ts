import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';

/** Sends the bytes of `RESPONSE_FILE` for every request: the least that a response of this size can cost. */
const response = readFileSync(process.env.RESPONSE_FILE ?? '');
const app = fastify();

app.post('/mcp', (_request, reply) => {
  reply.header('content-type', 'application/json').send(response);
});

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`Server listening at ${address}\n`);
