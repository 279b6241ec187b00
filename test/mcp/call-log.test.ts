import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashKey } from '../../src/access/caller.ts';
import { connectCurl, connectV2 } from '../support/clients.ts';
import { type RunningPair, startPair } from '../support/start.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair({ UPSTREAM_TIMEOUT_MS: '300', TOOL_DEADLINE_MS: '2000' });
});
afterAll(() => pair.close());

const toolCalls = () => pair.log.filter(line => line.msg === 'tool call');

test('one line a tool call: tool, key hash, outcome, times, attempts, request id', async () => {
  const client = await connectCurl(pair.url, { 'x-APIKey': 'demo-admin' });
  pair.log.length = 0;
  await client.call('search_businesses');
  await client.call('get_business', { business_id: 'c-NOWHERE' });
  expect(toolCalls()).toEqual([
    expect.objectContaining({
      tool: 'search_businesses',
      keyHash: hashKey('demo-admin'),
      outcome: 'ok',
      ms: expect.any(Number),
      waitedMs: 0,
      attempts: 1,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    }),
    expect.objectContaining({ tool: 'get_business', outcome: 'not_found', attempts: 1 }),
  ]);
});

test('a caller who goes away is noticed: the read is cut at Partoo too, and the log says cancelled', async () => {
  pair.log.length = 0;
  pair.received();
  pair.partoo.faults.add({ kind: 'latency', ms: 250 });
  const leaving = new AbortController();
  const call = fetch(pair.url, {
    method: 'POST',
    signal: leaving.signal,
    headers: { 'content-type': 'application/json', 'x-APIKey': 'demo-admin' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'search_businesses' },
    }),
  });
  await sleep(100);
  leaving.abort();
  await expect(call).rejects.toThrow();
  await expect
    .poll(() => toolCalls())
    .toEqual([expect.objectContaining({ outcome: 'cancelled', attempts: 1 })]);
});

test('a caller who goes away during a write changes nothing about it: it is finished, and the log has its outcome', async () => {
  pair.log.length = 0;
  pair.partoo.faults.add({ kind: 'latency', ms: 200 });
  const leaving = new AbortController();
  const call = fetch(pair.url, {
    method: 'POST',
    signal: leaving.signal,
    headers: { 'content-type': 'application/json', 'x-APIKey': 'demo-admin' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'send_message', arguments: { conversation_id: 30001, content: 'See you tomorrow' } },
    }),
  });
  await sleep(100);
  leaving.abort();
  await expect(call).rejects.toThrow();
  await expect.poll(() => toolCalls()).toEqual([expect.objectContaining({ outcome: 'ok', attempts: 1 })]);
});

test('neither keys nor what customers or users write is ever logged, at any level, whatever happens', async () => {
  const KEY = 'canary-key-3f9a';
  const TEXT = 'canary-text-71bc';
  pair.log.length = 0;
  const answers: string[] = [];
  const callers: Record<string, string>[] = [
    { 'x-APIKey': KEY },
    { authorization: `Bearer ${KEY}` },
    { 'x-APIKey': 'demo-admin' },
  ];
  for (const headers of callers) {
    for (const connect of [connectCurl, connectV2]) {
      const client = await connect(pair.url, headers);
      for (const fault of [
        undefined,
        { kind: 'status', status: 500, body: { error: TEXT } },
        { kind: 'status', status: 400, body: { error: { json: { [TEXT]: TEXT } } } },
        { kind: 'status', status: 200, body: `{"broken": "${TEXT}` },
        { kind: 'status', status: 200, body: [TEXT] },
        { kind: 'cut' },
        { kind: 'latency', ms: 400 },
      ] as const) {
        pair.partoo.faults.clear();
        if (fault) pair.partoo.faults.add({ ...fault, times: 4 });
        answers.push((await client.call('search_reviews', { keywords: TEXT })).text);
        answers.push((await client.call('reply_to_review', { review_id: 700999, content: TEXT })).text);
        answers.push((await client.call('reply_to_review', { review_id: TEXT, [TEXT]: TEXT })).text);
      }
      await client.close();
    }
  }
  pair.partoo.faults.clear();
  const log = JSON.stringify(pair.log);
  expect(toolCalls().length).toBeGreaterThan(100);
  expect(log).not.toContain(KEY);
  expect(log).not.toContain(TEXT);
  expect(answers.join('\n')).not.toContain(KEY);
}, 60_000);
