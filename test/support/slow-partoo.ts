import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SlowPartoo {
  /** The base URL, with its /v2. */
  url: string;
  /** What a request is answered with from now on, and after how many milliseconds. */
  answer: (request: IncomingMessage) => { status: number; afterMs: number; body: unknown };
  close(): void;
}

/** A Partoo whose answers and their delays a test decides; the organization of every key is 1. */
export async function startSlowPartoo(answer: SlowPartoo['answer']): Promise<SlowPartoo> {
  const server = createServer(async (request, response) => {
    request.resume();
    const { status, afterMs, body } = request.url?.startsWith('/v2/user/me')
      ? { status: 200, afterMs: 0, body: { org_id: 1 } }
      : partoo.answer(request);
    await sleep(afterMs);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const partoo: SlowPartoo = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
    answer,
    close: () => server.close().closeAllConnections(),
  };
  return partoo;
}
