import { expect, test } from 'vitest';
import { connectV2 } from '../support/clients.ts';
import { startPair } from '../support/start.ts';

test('the names of businesses do not hold a result up for longer than a few seconds', async () => {
  const pair = await startPair();
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  pair.partoo.faults.add({ kind: 'latency', ms: 30_000, path: /\/business\/search/ });
  const started = performance.now();
  const { isError } = await client.call('search_reviews', { per_page: 3 });
  expect(isError).toBe(false);
  expect(performance.now() - started).toBeLessThan(15_000);
  await client.close();
  await pair.close();
});
