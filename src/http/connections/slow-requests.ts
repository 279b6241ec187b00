import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Closes the connection of a client that has not read its whole response within `withinMs` of its headers' arrival. Node's
 * `connectionTimeout` would start anew with every byte that such a client reads.
 */
export function endSlowRequests(server: Server, withinMs: number): void {
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const timer = setTimeout(() => socket.destroy(), withinMs).unref();
    response.once('close', () => clearTimeout(timer));
  });
}
