import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';
import { freePort } from '../support/free-port.ts';
import { signInAs } from '../support/person.ts';
import { startProcess } from '../support/process.ts';
import { exchange, SIGN_IN_SECRET, type TokenResponse } from '../support/sign-in.ts';
import { authorization } from '../support/sign-in-visitor.ts';
import { startBearerProxy } from './bearer-proxy.ts';
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
export async function startMounted(env: Record<string, string> = {}): Promise<ServerUnderTest> {
  const emulator = createEmulator();
  const config = readConfig({ PORT: '0', ...env });
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

/** The same with sign-in. The suite sends no credentials, so a proxy adds the token of a person who has signed in. */
export async function startSignedIn(): Promise<ServerUnderTest & { origin: string }> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = await startMounted({
    PORT: `${port}`,
    SIGN_IN: 'key',
    SIGN_IN_SECRET,
    PUBLIC_URL: origin,
  });
  const { client, verifier, url } = await authorization(origin);
  const code = (await signInAs(url, { key: 'demo-admin' })).searchParams.get('code') ?? '';
  const { access_token } = (await (await exchange(origin, client, code, verifier)).json()) as TokenResponse;
  const proxy = await startBearerProxy(port, access_token);
  const close = async () => {
    await proxy.close();
    await server.close();
  };
  return { url: `${proxy.origin}/mcp`, origin, close };
}
