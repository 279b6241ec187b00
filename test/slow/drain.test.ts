import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createEmulator } from '../../src/partoo-emulator/emulator.ts';
import { connectCurl } from '../support/clients.ts';
import { startProcess } from '../support/process.ts';
import { rawRequest, rawSocket } from '../support/raw-socket.ts';
import { rpc } from '../support/rpc.ts';

const KEY = { 'x-APIKey': 'demo-admin' };
const SEARCH = '/v2/business/search';

test.concurrent('a call that takes longer than ten seconds survives a stop', async () => {
  const partoo = createEmulator();
  const server = await startProcess({ PARTOO_BASE_URL: await partoo.listen() });
  partoo.faults.add({ kind: 'latency', ms: 13_000, path: SEARCH });
  const call = (await connectCurl(server.url, KEY)).call('search_businesses');
  await expect.poll(() => partoo.requests.some(({ path }) => path === SEARCH)).toBe(true);
  const exit = server.stop('SIGTERM');
  expect((await call).isError).toBe(false);
  expect(await exit).toBe(0);
  await partoo.close();
});

/** The operating system decides when it accepts the connection, so several tries run at once. */
test.concurrent.each([1, 2, 3, 4, 5, 6])(
  'a call succeeds whose connection is not accepted yet when the listener is due to close (try %i)',
  async () => {
    const server = await startProcess({ PARTOO_ENV: 'demo' });
    const { hostname, port } = new URL(server.url);
    // An open connection may still send a call, so the listener stays open for a second.
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    const exit = server.stop('SIGTERM');
    await sleep(500);
    server.child.kill('SIGSTOP');
    const late = rawSocket(server.origin);
    late.socket.write(rawRequest(JSON.stringify(rpc('ping'))));
    await sleep(700);
    server.child.kill('SIGCONT');
    expect(await late.ended).toMatch(/^HTTP\/1.1 200 OK/);
    expect(await exit).toBe(0);
  },
);
