import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Ends the connection of a request that is not over `withinMs` after its headers came: its caller does not read what it
 * asked for, or a little now and then. (`connectionTimeout` gives those another period, and another.)
 */
export function endSlowRequests(server: Server, withinMs: number): void {
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const timer = setTimeout(() => socket.destroy(), withinMs).unref();
    response.once('close', () => clearTimeout(timer));
  });
}
