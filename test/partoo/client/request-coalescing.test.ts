import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { withoutDelimiters } from '../../../src/tools/untrusted-text/delimiters.ts';
import { connectPlain, type TestClient } from '../../support/clients.ts';
import { rpc } from '../../support/rpc.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

const as = (pair: RunningPair, key: string) => connectPlain(pair.url, { 'x-APIKey': key });
const times = (count: number, call: () => ReturnType<TestClient['call']>) =>
  Promise.all(Array.from({ length: count }, call));

describe('identical reads at once', () => {
  test('become one request whose result every caller gets', async () => {
    const pair = await startPair();
    const admin = await as(pair, 'demo-admin');
    pair.partoo.faults.add({ kind: 'latency', ms: 100 });
    const results = await times(5, () => admin.call('search_businesses', { city: 'Lyon' }));
    expect(pair.received()).toHaveLength(1);
    expect(new Set(results.map(({ text }) => withoutDelimiters(text))).size).toBe(1);
    expect(results[0]?.isError).toBe(false);
    await admin.call('search_businesses', { city: 'Lyon' });
    expect(pair.received(), 'a later read is a request of its own').toHaveLength(1);
    await pair.close();
  });

  test('share a failure', async () => {
    const pair = await startPair();
    const admin = await as(pair, 'demo-admin');
    pair.partoo.faults.add({ kind: 'latency', ms: 100 });
    const results = await times(3, () => admin.call('get_business', { business_id: 'c-NOWHERE' }));
    expect(results.map(({ isError }) => isError)).toEqual([true, true, true]);
    expect(pair.received()).toHaveLength(1);
    await pair.close();
  });

  test('that started before a write are not shared by reads after it', async () => {
    const pair = await startPair();
    const admin = await as(pair, 'demo-admin');
    const read = () => admin.call('list_messages', { conversation_id: 30001 });
    await read();
    pair.partoo.faults.add({ kind: 'latency', ms: 400, method: 'GET', when: 'after' });
    const before = read();
    await sleep(100);
    const content = randomUUID();
    await admin.call('send_message', { conversation_id: 30001, content });
    expect((await read()).text).toContain(content);
    expect((await before).text).not.toContain(content);
    await pair.close();
  });

  test('of different keys are not shared: keys may see different things', async () => {
    const pair = await startPair();
    const [admin, manager] = [await as(pair, 'demo-admin'), await as(pair, 'demo-manager')];
    pair.partoo.faults.add({ kind: 'latency', ms: 100, times: 2 });
    const [all, own] = await Promise.all([
      admin.call('search_businesses'),
      manager.call('search_businesses'),
    ]);
    expect(pair.received()).toHaveLength(2);
    expect(all.structured?.count).not.toBe(own.structured?.count);
    await pair.close();
  });

  test('go on for the others when the client that was first disconnects', async () => {
    const pair = await startPair();
    await (await as(pair, 'demo-admin')).call('get_business', { business_id: 'c-PAR/01' });
    pair.received();
    pair.partoo.faults.add({ kind: 'latency', ms: 400, times: 2 });
    const fetchAs = (signal: AbortSignal) =>
      fetch(pair.url, {
        method: 'POST',
        signal,
        headers: { 'content-type': 'application/json', 'x-APIKey': 'demo-admin' },
        body: JSON.stringify(rpc('tools/call', { name: 'search_businesses', arguments: {} })),
      });
    const first = new AbortController();
    const left = fetchAs(first.signal);
    left.catch(() => {});
    await sleep(50);
    const stays = fetchAs(new AbortController().signal);
    await sleep(50);
    first.abort();
    await expect(left).rejects.toThrow();
    expect(await (await stays).json()).toMatchObject({ result: { structuredContent: { page: 1 } } });
    expect(pair.received()).toHaveLength(1);
    await pair.close();
  });
});

test('reads one after another are a request each: no response is kept', async () => {
  const pair = await startPair();
  const admin = await as(pair, 'demo-admin');
  for (let i = 0; i < 3; i++) await admin.call('search_businesses');
  expect(pair.received()).toHaveLength(3);
  await pair.close();
});
