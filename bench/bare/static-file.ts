import { basename, dirname } from 'node:path';
import files from '@fastify/static';
import { fastify } from 'fastify';

/** Sends the file `RESPONSE_FILE` for every request, with Fastify's own file plugin. */
const file = process.env.RESPONSE_FILE ?? '';
const app = fastify();
await app.register(files, { root: dirname(file), serve: false });

app.post('/mcp', (_request, reply) => reply.sendFile(basename(file)));

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`Server listening at ${address}\n`);
