import { once } from 'node:events';
import { createServer } from 'node:http';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';
import { plant } from './injections.ts';

/** How the leak probe fails. */
export type FailureMode =
  | { status: number }
  | { broken: 'connection' | 'response' | 'silence' | 'garbage' | 'not an object' };

export interface LeakProbe {
  baseUrl: string;
  /** A review without a reply. */
  reviewId: number;
  close(): Promise<void>;
}

/**
 * Starts a Partoo that leaks as much as possible: it accepts any key, has `text` in place of every text, and quotes the key and
 * the text in every refusal and failure.
 */
export async function startLeakProbe(text: string, failure?: FailureMode): Promise<LeakProbe> {
  const emulator = createEmulator({ rateLimitPerMinute: 100_000 });
  const server = createServer(async (request, response) => {
    const key = String(request.headers['x-apikey']);
    const quoted = { error: `${key} wrote ${text}`, errors: { json: { [text]: [key, text] } } };
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);

    // The lookup of the key never fails, so that every call reaches its own request.
    const fails = request.url === '/v2/user/me' ? undefined : failure;
    if (fails && 'status' in fails) {
      const headers = {
        'content-type': 'application/json',
        location: `/v2/${key}`,
        'x-echo': `${key} ${text}`,
      };
      response.writeHead(fails.status, headers).end(JSON.stringify(quoted));
      return;
    }
    switch (fails?.broken) {
      case 'connection':
        request.socket.destroy();
        return;
      case 'response':
        response.writeHead(200, { 'content-length': '9999' }).write(JSON.stringify(quoted));
        setTimeout(() => response.destroy(), 20);
        return;
      case 'silence':
        return;
      case 'garbage':
        response.writeHead(200).end(`<html>${key} ${text}`);
        return;
      case 'not an object':
        response.writeHead(200).end(JSON.stringify([key, text]));
        return;
    }
    const original = await emulator.app.inject({
      method: request.method as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      url: request.url as string,
      headers: {
        'x-apikey': 'demo-admin',
        ...(chunks.length > 0 && { 'content-type': 'application/json' }),
      },
      ...(chunks.length > 0 && { payload: Buffer.concat(chunks) }),
    });
    // Kept: a write counts as done only with Partoo's status and id, and one business needs its id.
    const isBusiness = /^\/v2\/business\/(?!search)/.test(request.url ?? '');
    const kept =
      request.method !== 'GET' ? ['status', 'state', 'data.business_id'] : isBusiness ? ['id'] : [];
    const planted = request.url === '/v2/user/me' ? original.json() : plant(original.json(), text, kept);
    response
      .writeHead(original.statusCode, { 'content-type': 'application/json' })
      .end(JSON.stringify(planted));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const unanswered = await emulator.app.inject({
    url: '/v2/reviews?state__in=not_treated&per_page=1',
    headers: { 'x-apikey': 'demo-admin' },
  });
  return {
    reviewId: unanswered.json().reviews[0].id,
    baseUrl: `http://127.0.0.1:${(server.address() as { port: number }).port}/v2`,
    async close() {
      server.closeAllConnections();
      server.close();
      await emulator.close();
    },
  };
}
