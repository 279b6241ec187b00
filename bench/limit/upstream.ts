import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Mode, QUOTAS } from './quota.ts';

/**
 * A process that stands in for Partoo with one organization: it knows every key, counts every request, and responds 429
 * above the limit. Sends its base URL when it listens, and on each message all its arrivals.
 */
export interface Arrival {
  /** Milliseconds on the monotonic clock of this process. */
  arrivedAt: number;
  key: string;
  path: string;
  accepted: boolean;
}

const PAGE = JSON.stringify({ page: 1, max_page: 1, count: 0, businesses: [] });
const TOO_MANY = JSON.stringify({ errors: { json: { rate_limit: ['Too many requests'] } } });

const accepts = QUOTAS[process.argv[2] as Mode]();
const arrivals: Arrival[] = [];
const users = new Map<string, number>();

const server = createServer((request, response) => {
  const arrivedAt = performance.now();
  const accepted = accepts(arrivedAt);
  const key = String(request.headers['x-apikey']);
  const path = request.url ?? '';
  arrivals.push({ arrivedAt, key, path, accepted });
  if (!accepted) {
    response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '60' }).end(TOO_MANY);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(path.startsWith('/v2/user/me') ? userOf(key) : PAGE);
});

function userOf(key: string): string {
  const id = users.get(key) ?? users.size + 1;
  users.set(key, id);
  return JSON.stringify({ id, org_id: 1, role: 'ORG_ADMIN' });
}

// Longer than a window: closing idle connections would test retries, not the limit.
server.keepAliveTimeout = 10 * 60_000;
// Room for every connection of a burst: a refused connection would delay its request by a second.
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 });
await once(server, 'listening');
const { port } = server.address() as { port: number };

process.on('message', () => process.send?.(arrivals));
process.once('disconnect', () => process.exit());
process.send?.(`http://127.0.0.1:${port}/v2`);
