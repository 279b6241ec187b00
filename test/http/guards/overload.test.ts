import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectCurl } from '../../support/clients.ts';
import { rpc } from '../../support/rpc.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

/** Blocks the event loop of this process, and so the server in it. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** The delay is averaged over this long. */
const SAMPLE_MS = 5_000;

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair({ MAX_EVENT_LOOP_DELAY_MS: '100' });
});
afterAll(() => pair.close());

const list = () =>
  fetch(pair.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-APIKey': 'demo-admin' },
    body: JSON.stringify(rpc('tools/list')),
  });

test('a process that was blocked before its delay could be measured serves calls', async () => {
  const blocked = await startPair();
  block(SAMPLE_MS + 500);
  const response = await fetch(blocked.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rpc('tools/list')),
  });
  expect(response.status).toBe(200);
  await blocked.close();
});

test('an overloaded process refuses calls with 503 and Retry-After, passes health checks, and recovers', async () => {
  expect((await list()).status).toBe(200);
  const until = performance.now() + 2 * SAMPLE_MS;
  while ((await list()).status === 200 && performance.now() < until) {
    for (let turns = 0; turns < 5; turns++) {
      block(250);
      await sleep(1);
    }
  }

  const refused = await list();
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32000 }, id: null });
  for (const path of ['/healthz', '/readyz']) expect((await fetch(pair.origin + path)).status).toBe(200);
  expect(pair.log.filter(({ msg }) => String(msg).startsWith('overloaded'))).toMatchObject([
    { measure: 'eventLoopDelay' },
  ]);

  await expect.poll(async () => (await list()).status, { timeout: 2 * SAMPLE_MS }).toBe(200);
  const client = await connectCurl(pair.url, { 'x-APIKey': 'demo-admin' });
  expect((await client.call('search_businesses')).isError).toBe(false);
}, 40_000);
