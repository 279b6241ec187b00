import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Fault } from './fault.ts';

export interface ReceivedRequest {
  method: string;
  /** Without the query, still encoded. */
  path: string;
  /** As received, with the query. */
  url: string;
  query: Record<string, string>;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
  /** Epoch milliseconds. */
  at: number;
  /** Set when the response is sent; not if the connection was cut. */
  status?: number;
  /** Set when the request has had its effect, whatever becomes of the response. */
  carriedOut?: boolean;
  /** In order. */
  faults: Fault[];
}

const entries = new WeakMap<FastifyRequest, ReceivedRequest>();

export const entryOf = (request: FastifyRequest) => entries.get(request);

export const pathOf = (url: string) => url.split('?', 1)[0] ?? url;

/** Keeps the last `kept` requests. */
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

  // Handlers return objects to be serialized. Faults replace them with texts, which skip this hook.
  app.addHook('preSerialization', async (request, reply, payload) => {
    const entry = entryOf(request);
    if (entry && reply.statusCode < 300) entry.carriedOut = true;
    return payload;
  });

  // Before the response leaves: its receiver finds the status here.
  app.addHook('onSend', async (request, reply) => {
    const entry = entryOf(request);
    if (entry && !request.raw.socket.destroyed) entry.status = reply.statusCode;
  });
}
