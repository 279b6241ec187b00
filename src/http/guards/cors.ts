import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { allowedPages, type HostRules } from './hosts.ts';

/** Headers that a client in a web page needs. Without this list a browser hides them. */
const EXPOSED = ['mcp-session-id', 'mcp-protocol-version', 'www-authenticate', 'retry-after', 'x-request-id'];
const PREFLIGHT_SECONDS = 7_200;

/** Adds CORS headers for allowed origins. The host guard refuses requests from other pages. */
export async function allowPages(app: FastifyInstance, rules: HostRules): Promise<void> {
  const mayCall = allowedPages(rules);
  await app.register(cors, {
    origin: (origin, done) => done(null, origin !== undefined && mayCall(origin)),
    // Clients must be able to read the 405 for GET and DELETE, and the refusal of a misspelt header: so any header is
    // allowed (the default).
    methods: ['GET', 'POST', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_SECONDS,
  });
}
