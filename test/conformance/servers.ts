import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';
import { startProcess } from '../support/process.ts';
import { createFixtureServer } from './fixtures/server.ts';

export interface ServerUnderTest {
  url: string;
  close(): Promise<unknown>;
}

/** The demo of `npm run demo`. */
export async function startShipped(): Promise<ServerUnderTest> {
  const { url, stop } = await startProcess({ PARTOO_ENV: 'demo', LOG_LEVEL: 'info' });
  return { url, close: () => stop() };
}

/** The demo with the suite's tools instead of ours. */
export async function startMounted(): Promise<ServerUnderTest> {
  const emulator = createEmulator();
  const config = readConfig({ PORT: '0' });
  const app = await createApp(config, await emulator.listen(), pino({ level: 'silent' }), {
    instead: createFixtureServer,
  });
  const origin = await app.listen({ host: config.HOST, port: config.PORT });
  const close = async () => {
    await app.close();
    await emulator.close();
  };
  return { url: `${origin}/mcp`, close };
}
