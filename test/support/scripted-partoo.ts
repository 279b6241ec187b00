import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ScriptedRequest {
  /** The caller's key. */
  key: string;
  method: string;
  /** Below /v2, without the query. */
  path: string;
  /** Below /v2, with the query. */
  target: string;
  body: string;
}

export interface ScriptedResponse {
  /** Default: 200. */
  status?: number;
  headers?: Record<string, string>;
  /** A string is sent as it is, any other value as JSON. */
  body?: unknown;
  afterMs?: number;
}

/** `sent`: the script has written the response itself. Undefined: the default response. */
type Reply = ScriptedResponse | 'sent' | undefined;

export interface ScriptedPartoo {
  baseUrl: string;
  /** Every request, including lookups of keys. */
  requests: ScriptedRequest[];
  close(): Promise<void>;
}

/**
 * Starts a Partoo with any number of organizations: the key `7-anna` belongs to organization 7; keys without a number get 401.
 * `respond` returns the response to a request; without one, the response is an empty list.
 */
export async function startScriptedPartoo(
  respond: (request: ScriptedRequest, response: ServerResponse) => Reply | Promise<Reply>,
): Promise<ScriptedPartoo> {
  const requests: ScriptedRequest[] = [];
  const server = createServer(async (raw, response) => {
    // A client that disconnects within its body gets no response.
    const chunks = await raw.toArray().catch(() => undefined);
    if (!chunks) return;
    const target = (raw.url ?? '').replace('/v2', '');
    const request: ScriptedRequest = {
      key: String(raw.headers['x-apikey']),
      method: raw.method ?? '',
      path: target.replace(/\?.*/, ''),
      target,
      body: Buffer.concat(chunks).toString(),
    };
    requests.push(request);
    const reply = (await respond(request, response)) ?? defaultReply(request);
    if (reply === 'sent') return;
    const { status = 200, headers, body = {}, afterMs = 0 } = reply;
    if (afterMs > 0) await sleep(afterMs);
    response.statusCode = status;
    // Not writeHead: it would make Node send the body in chunks, without content-length.
    response.setHeaders(new Map(Object.entries({ 'content-type': 'application/json', ...headers })));
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function defaultReply({ key, path }: ScriptedRequest): ScriptedResponse {
  const [, organization] = /^(\d+)-/.exec(key) ?? [];
  if (organization === undefined) return { status: 401, body: { error: 'unknown key' } };
  if (path === '/user/me') return { body: { id: key, org_id: Number(organization) } };
  return { body: { businesses: [], reviews: [], count: 0, page: 1, max_page: 1 } };
}

/** Limits a script to requests other than lookups of keys. */
export const exceptLookUps =
  (respond: (request: ScriptedRequest) => Reply | Promise<Reply>) => (request: ScriptedRequest) =>
    request.path === '/user/me' ? undefined : respond(request);
