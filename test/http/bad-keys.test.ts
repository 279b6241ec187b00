import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { connectCurl } from '../support/clients.ts';
import { type RunningPair, startPair } from '../support/start.ts';

const call = (
  pair: RunningPair,
  key: string,
  method = 'tools/call',
  accept = 'application/json',
  more = {},
) =>
  fetch(pair.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, 'x-APIKey': key, ...more },
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

test.each([
  { TRUST_PROXY: 'false', forwarded: (i: number) => `10.0.0.${i}`, why: 'nobody is believed' },
  {
    TRUST_PROXY: 'loopback',
    forwarded: (i: number) => `10.0.0.${i}, 192.0.2.7`,
    why: 'the proxy is, not the caller',
  },
])(
  'TRUST_PROXY=$TRUST_PROXY: an address cannot be made up, since $why',
  async ({ TRUST_PROXY, forwarded }) => {
    const pair = await startPair({ BAD_KEYS_PER_MINUTE: '3', TRUST_PROXY });
    const statuses = [];
    for (let i = 0; i < 5; i++) {
      const from = { 'x-forwarded-for': forwarded(i) };
      statuses.push((await call(pair, `bad-${randomUUID()}`, 'tools/call', 'application/json', from)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await pair.close();
  },
);

test('CLIENT_IP_HEADER: the address is the one that the platform tells, whatever else is forwarded', async () => {
  const pair = await startPair({
    BAD_KEYS_PER_MINUTE: '1',
    TRUST_PROXY: 'true',
    CLIENT_IP_HEADER: 'Fly-Client-IP',
  });
  const from = (address: string, forwarded: string) =>
    call(pair, `bad-${randomUUID()}`, 'tools/call', 'application/json', {
      'fly-client-ip': address,
      'x-forwarded-for': forwarded,
    });
  expect((await from('192.0.2.7', '10.0.0.1')).status).toBe(200);
  expect((await from('192.0.2.7', '10.0.0.2')).status).toBe(429);
  expect((await from('192.0.2.8', '10.0.0.1')).status).toBe(200);
  expect((await from('2001:db8::1', '10.0.0.1')).status).toBe(200);
  expect((await from('2001:db8::2', '10.0.0.1')).status, 'one network is one address').toBe(429);
  await pair.close();
});

test('behind a proxy that is believed, each caller has an address of its own', async () => {
  const pair = await startPair({ BAD_KEYS_PER_MINUTE: '1', TRUST_PROXY: 'loopback' });
  const from = (address: string) =>
    call(pair, `bad-${randomUUID()}`, 'tools/call', 'application/json', { 'x-forwarded-for': address });
  expect((await from('192.0.2.7')).status).toBe(200);
  expect((await from('192.0.2.7')).status).toBe(429);
  expect((await from('192.0.2.8')).status).toBe(200);
  await pair.close();
});
