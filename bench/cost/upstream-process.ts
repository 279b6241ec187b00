import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';
import type { Arrivals } from './upstream.ts';

/**
 * A process that stands in for Partoo as cheaply as possible: one page of 30 businesses for every search, and an
 * organization of its own for each key. Sends its base URL when it listens, and on each message its arrivals since the last.
 */
const KEY = { 'x-APIKey': 'demo-admin' };

const emulator = createEmulator();
const { body: page } = await emulator.app.inject({ url: '/v2/business/search?per_page=30', headers: KEY });
await emulator.close();

let arrivals: Arrivals = { pages: 0, lookups: 0 };
const server = createServer((request, response) => {
  const isLookup = request.url === '/v2/user/me';
  if (isLookup) arrivals.lookups++;
  else arrivals.pages++;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(isLookup ? userOf(String(request.headers['x-apikey'])) : page);
});

/** Derived from the key alone: replicas share what they learn about keys, but not their upstream. */
function userOf(key: string): string {
  const id = 1 + Number(/\d+$/.exec(key)?.[0] ?? -1);
  return JSON.stringify({ id, org_id: id, role: 'ORG_ADMIN' });
}

server.keepAliveTimeout = 10 * 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');

process.on('message', () => {
  process.send?.(arrivals);
  arrivals = { pages: 0, lookups: 0 };
});
process.once('disconnect', () => process.exit());
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`);
