import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface ScriptedRequest {
  /** The caller's key. */
  key: string;
  method: string;
  /** Below /v2, without the query. */
  path: string;
}

export interface ScriptedPartoo {
  baseUrl: string;
  /** What it received, look-ups of keys as well. */
  requests: ScriptedRequest[];
  close(): Promise<void>;
}

/**
 * A Partoo with as many organizations as a test wants: the key `7-anna` belongs to organization 7, any other is refused with
 * 401. `answer` responds to what is asked for; when it returns false, the answer is an empty list.
 */
export async function startScriptedPartoo(
  answer: (request: ScriptedRequest, response: ServerResponse, raw: IncomingMessage) => boolean,
): Promise<ScriptedPartoo> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((raw, response) => {
    raw.resume();
    const { pathname } = new URL(raw.url ?? '', 'http://partoo');
    const key = String(raw.headers['x-apikey']);
    const request = { key, method: raw.method ?? '', path: pathname.replace('/v2', '') };
    requests.push(request);
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (answer(request, response, raw)) return;
    const [, organization] = /^(\d+)-/.exec(key) ?? [];
    if (organization === undefined) json(401, { error: 'unknown key' });
    else if (request.path === '/user/me') json(200, { id: key, org_id: Number(organization) });
    else json(200, { businesses: [], reviews: [], count: 0, page: 1, max_page: 1 });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as { port: number }).port}/v2`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
