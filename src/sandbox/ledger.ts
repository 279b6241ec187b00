import type { FastifyInstance, FastifyRequest } from 'fastify';

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
}

const KEPT = 10_000;

export const pathOf = (url: string) => url.split('?', 1)[0] ?? url;

export function recordRequests(app: FastifyInstance, requests: ReceivedRequest[]): void {
  const entries = new WeakMap<FastifyRequest, ReceivedRequest>();

  app.addHook('onRequest', async request => {
    const entry: ReceivedRequest = {
      method: request.method,
      path: pathOf(request.url),
      url: request.url,
      query: Object.fromEntries(new URLSearchParams(request.url.split('?')[1] ?? '')),
      headers: { ...request.headers },
      body: undefined,
      at: Date.now(),
    };
    entries.set(request, entry);
    requests.push(entry);
    if (requests.length > KEPT) requests.shift();
  });

  app.addHook('preValidation', async request => {
    const entry = entries.get(request);
    if (entry) entry.body = request.body;
  });

  // Before the answer leaves, so that whoever has received it finds its status here.
  app.addHook('onSend', async (request, reply) => {
    const entry = entries.get(request);
    if (entry && !request.raw.socket.destroyed) entry.status = reply.statusCode;
  });
}
