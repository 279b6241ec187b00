import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Prints the address in the words that test/support/process.ts looks for. */
export async function printAddress(server: Server): Promise<void> {
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`Server listening at http://127.0.0.1:${port}\n`);
}
