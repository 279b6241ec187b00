import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { connectCurl } from '../support/clients.ts';
import { type RunningPair, startPair } from '../support/start.ts';

const call = (pair: RunningPair, key: string, method = 'tools/call', accept = 'application/json') =>
  fetch(pair.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, 'x-APIKey': key },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method,
      params: { name: 'search_businesses', arguments: {} },
    }),
  });

test('an address that tries many bad keys is slowed, with the seconds, and good keys go on', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '3' });
  expect((await call(pair, 'demo-admin')).status).toBe(200);
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push((await call(pair, `bad-${randomUUID()}`)).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  const warnings = pair.log.filter(({ msg }) => String(msg).startsWith('this address tries many bad keys'));
  expect(warnings).toEqual([expect.objectContaining({ level: 40, address: '127.0.0.1', keys: 3 })]);

  const refused = await call(pair, `bad-${randomUUID()}`, 'initialize');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  const { error } = (await refused.json()) as { error: { code: number; message: string } };
  expect(error.code).toBe(-32000);
  expect(error.message).toMatch(/Wait \d+ seconds/);

  const good = await connectCurl(pair.url, { 'x-APIKey': 'demo-admin' });
  expect((await good.call('search_businesses')).isError).toBe(false);
  expect(pair.partoo.requests.filter(({ status }) => status === 401)).toHaveLength(3);
  await pair.close();
});

test('whoever asks for a stream is counted like everybody', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '3' });
  const statuses = [];
  for (let i = 0; i < 5; i++) {
    const response = await call(pair, `bad-${randomUUID()}`, 'tools/call', 'text/event-stream');
    await response.text();
    statuses.push(response.status);
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  await pair.close();
});

test('one bad key in a loop slows nobody else', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '3' });
  await Promise.all(Array.from({ length: 6 }, () => call(pair, 'another-bad-one')));
  for (let i = 0; i < 6; i++) expect((await call(pair, 'demo-revoked')).status).toBe(200);
  const good = await connectCurl(pair.url, { 'x-APIKey': 'demo-admin' });
  expect((await good.call('search_businesses')).isError).toBe(false);
  await pair.close();
});
