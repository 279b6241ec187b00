import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';

const KEY = { 'x-APIKey': 'demo-admin' };

export interface FixedServer {
  /** Sends an MCP request, as curl would, and returns its result. */
  ask<Result>(method: string, params: object): Promise<Result>;
  /** Returns Partoo's unchanged response to a path such as `/reviews?page=2`. */
  partoo(path: string): Promise<string>;
  /** Returns the paths that the server requested from Partoo since the last call. */
  asked(): string[];
  close(): Promise<void>;
}

/** Starts the server in front of an emulator whose clock stands at `now`, so that responses never change. */
export async function startFixedServer(now: Date): Promise<FixedServer> {
  const emulator = createEmulator({ now });
  const app = await createApp(readConfig({}), await emulator.listen(), pino({ level: 'silent' }));
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  let seen = 0;
  return {
    async ask(method, params) {
      const response = await fetch(`${origin}/mcp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...KEY },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      });
      return ((await response.json()) as { result: never }).result;
    },
    partoo: async path => (await emulator.app.inject({ url: `/v2${path}`, headers: KEY })).body,
    asked() {
      const paths = emulator.requests.slice(seen).map(({ url }) => url.replace(/^\/v2/, ''));
      seen = emulator.requests.length;
      return paths.filter(path => path !== '/user/me');
    },
    async close() {
      await app.close();
      await emulator.close();
    },
  };
}
