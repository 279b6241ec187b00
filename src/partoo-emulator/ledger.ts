import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Fault } from './faults.ts';

export interface ReceivedRequest {
  method: string;
  /** without the query, still encoded */
  path: string;
  /** as received, with the query */
  url: string;
  query: Record<string, string>;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
  /** epoch milliseconds */
  at: number;
  /** once answered; never set for a request whose connection was cut */
  status?: number;
  /** true once the request had its effect, whatever became of the answer; never set for a refused one */
  carriedOut?: boolean;
  /** what it met, in order */
  faults: Fault[];
}

const entries = new WeakMap<FastifyRequest, ReceivedRequest>();

export const entryOf = (request: FastifyRequest) => entries.get(request);

export const pathOf = (url: string) => url.split('?', 1)[0] ?? url;

/** Records into `requests`, of which the last `kept` stay. */
export function recordRequests(app: FastifyInstance, requests: ReceivedRequest[], kept: number): void {
  app.addHook('onRequest', async request => {
    const entry: ReceivedRequest = {
      method: request.method,
      path: pathOf(request.url),
      url: request.url,
      query: Object.fromEntries(new URLSearchParams(request.url.split('?')[1] ?? '')),
      headers: { ...request.headers },
      body: undefined,
      at: Date.now(),
      faults: [],
    };
    entries.set(request, entry);
    requests.push(entry);
    if (requests.length > kept) requests.shift();
  });

  app.addHook('preValidation', async request => {
    const entry = entryOf(request);
    if (entry) entry.body = request.body;
  });

  // What a handler answers is an object, yet to be serialized; what a fault puts in its place is not.
  app.addHook('preSerialization', async (request, reply, payload) => {
    const entry = entryOf(request);
    if (entry && reply.statusCode < 300) entry.carriedOut = true;
    return payload;
  });

  // Before the answer leaves, so that whoever has received it finds its status here.
  app.addHook('onSend', async (request, reply) => {
    const entry = entryOf(request);
    if (entry && !request.raw.socket.destroyed) entry.status = reply.statusCode;
  });
}
