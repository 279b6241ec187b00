import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';

/** The least that answering with so many bytes can cost: the bytes of `ANSWER_FILE`, whatever is asked. */
const answer = readFileSync(process.env.ANSWER_FILE ?? '');
const app = fastify();

app.post('/mcp', (_request, reply) => {
  reply.header('content-type', 'application/json').send(answer);
});

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`Server listening at ${address}\n`);
