import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { type HostRules, pagesThatMayCall } from './hosts.ts';

/** What a page's client must read: without this a browser shows it the body only. */
const EXPOSED = ['mcp-session-id', 'mcp-protocol-version', 'www-authenticate', 'retry-after', 'x-request-id'];
const PREFLIGHT_SECONDS = 7_200;

/** Lets the web pages that may call read the answers. Any other gets no CORS header; the host guard has refused it. */
export async function allowPages(app: FastifyInstance, rules: HostRules): Promise<void> {
  const mayCall = pagesThatMayCall(rules);
  await app.register(cors, {
    origin: (origin, answer) => answer(null, origin !== undefined && mayCall(origin)),
    // A client that tries GET or DELETE is to read our 405, and one that misspells a header our refusal of it: what
    // headers a page may send is therefore whatever it asks for (the default).
    methods: ['GET', 'POST', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_SECONDS,
  });
}
