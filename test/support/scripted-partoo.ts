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
  /** 200 without it. */
  status?: number;
  headers?: Record<string, string>;
  /** A text is sent as it is, anything else as JSON. */
  body?: unknown;
  afterMs?: number;
}

/** `sent`: the script has written to the response itself. */
type Said = ScriptedResponse | 'sent' | undefined;

export interface ScriptedPartoo {
  baseUrl: string;
  /** What it received, look-ups of keys as well. */
  requests: ScriptedRequest[];
  close(): Promise<void>;
}

/**
 * A Partoo with as many organizations as a test wants: the key `7-anna` belongs to organization 7, any other is refused with
 * 401. `answer` says what a request is answered with; where it says nothing, the answer is an empty list.
 */
export async function startScriptedPartoo(
  answer: (request: ScriptedRequest, response: ServerResponse) => Said | Promise<Said>,
): Promise<ScriptedPartoo> {
  const requests: ScriptedRequest[] = [];
  const server = createServer(async (raw, response) => {
    // A caller who goes away in the middle of its body gets no answer.
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
    const said = (await answer(request, response)) ?? usual(request);
    if (said === 'sent') return;
    const { status = 200, headers, body = {}, afterMs = 0 } = said;
    if (afterMs > 0) await sleep(afterMs);
    response.statusCode = status;
    // Not writeHead: after that Node sends a body in chunks, without its length.
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

function usual({ key, path }: ScriptedRequest): ScriptedResponse {
  const [, organization] = /^(\d+)-/.exec(key) ?? [];
  if (organization === undefined) return { status: 401, body: { error: 'unknown key' } };
  if (path === '/user/me') return { body: { id: key, org_id: Number(organization) } };
  return { body: { businesses: [], reviews: [], count: 0, page: 1, max_page: 1 } };
}

/** What only a request other than the look-up of its key is answered with. */
export const exceptLookUps =
  (answer: (request: ScriptedRequest) => Said | Promise<Said>) => (request: ScriptedRequest) =>
    request.path === '/user/me' ? undefined : answer(request);
