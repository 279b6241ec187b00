import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConcurrencyLimit } from '../../../src/mcp/calls/concurrency.ts';
import { connectPlain, errorIn, type TestClient } from '../../support/clients.ts';
import { scrape } from '../../support/metrics.ts';
import { rpc } from '../../support/rpc.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { madeToken, type TokenFile, tokenFile } from '../../support/token-file.ts';

/** Two people, and a machine that shares their key. */
const people = { ana: madeToken('Ana'), ben: madeToken('Ben') };

let file: TokenFile;
let pair: RunningPair;
let ana: TestClient;
let ben: TestClient;
beforeAll(async () => {
  file = await tokenFile(Object.values(people).map(({ entry }) => entry));
  pair = await startPair({
    PARTOO_API_KEY: 'demo-admin',
    TEAM_TOKENS_FILE: file.path,
    RATE_LIMIT_PER_MINUTE: '40',
    RATE_LIMIT_MAX_WAIT_MS: '0',
  });
  const connect = ({ token }: { token: string }) =>
    connectPlain(pair.url, { authorization: `Bearer ${token}` });
  [ana, ben] = await Promise.all([connect(people.ana), connect(people.ben)]);
});
afterAll(async () => {
  await pair.close();
  await file.remove();
});

const message = { conversation_id: 30001, content: 'We open at nine.' };

test('the same write of one person is made once, and of two people twice: each of them meant it', async () => {
  pair.received();
  const results = [await ana.call('send_message', message), await ana.call('send_message', message)];
  results.push(await ben.call('send_message', message), await ben.call('send_message', message));
  expect(results.map(({ isError }) => isError)).toEqual([false, false, false, false]);
  expect(results.map(({ structured }) => structured?.repeated ?? false)).toEqual([false, true, false, true]);
  expect(pair.received().filter(({ method }) => method === 'POST')).toHaveLength(2);
});

test('two people may use one idempotency key for writes of their own', async () => {
  const named = { idempotency_key: '1' };
  const mine = await ana.call('send_message', { ...message, content: 'From Ana.', ...named });
  const other = await ben.call('send_message', { ...message, content: 'From Ben.', ...named });
  expect([mine.isError, other.isError]).toEqual([false, false]);
});

test('the log line of each call names the person beside the hash of the shared key', async () => {
  pair.log.length = 0;
  await ana.call('search_businesses');
  await ben.call('search_businesses');
  const lines = pair.log.filter(({ msg }) => msg === 'tool call');
  expect(lines.map(({ person }) => person)).toEqual(['Ana', 'Ben']);
  expect(new Set(lines.map(({ keyHash }) => keyHash)).size).toBe(1);
});

test('the rate limit stays that of the organization: what one person uses is gone for the other', async () => {
  const calls = Array.from({ length: 40 }, (_, i) =>
    ana.call('search_businesses', { page: i + 1, per_page: 1 }),
  );
  await Promise.all(calls);
  expect(errorIn(await ben.call('search_businesses', { page: 41, per_page: 1 })).code).toBe('rate_limited');
  expect(pair.partoo.requests.length).toBeLessThanOrEqual(40);
});

test('each person has places of their own to wait for the rate limit', async () => {
  const waiting = await startPair({
    PARTOO_API_KEY: 'demo-admin',
    TEAM_TOKENS_FILE: file.path,
    RATE_LIMIT_PER_MINUTE: '2',
    RATE_LIMIT_MAX_WAIT_MS: '90000',
    TOOL_DEADLINE_MS: '100000',
    MAX_WAITING_PER_KEY: '1',
    METRICS_PORT: '0',
  });
  const leaving = new AbortController();
  const call = ({ token }: { token: string }, page: number) =>
    fetch(waiting.url, {
      method: 'POST',
      signal: leaving.signal,
      headers: { 'content-type': 'application/json', 'x-api-key': token },
      body: JSON.stringify(rpc('tools/call', { name: 'search_businesses', arguments: { page } })),
    });
  const isWaiting = async () => (await scrape(waiting)).value('partoo_mcp_calls_waiting');
  expect(await (await call(people.ana, 1)).text()).toContain('structuredContent');

  const pending = [call(people.ana, 2)];
  await expect.poll(isWaiting).toBe(1);
  expect(await (await call(people.ana, 3)).text()).toContain('rate_limited');
  pending.push(call(people.ben, 4));
  await expect.poll(isWaiting).toBe(2);
  leaving.abort();
  await Promise.allSettled(pending);
  await waiting.close();
});

test('a person who floods leaves half of the calls in progress to the others', async () => {
  const limit = new ConcurrencyLimit(10, { accepts: () => true, hasBeenAccepted: async () => true });
  const enter = (person: string) => limit.enter({ keyHash: 'key', callerHash: person, person });
  const ended = await Promise.allSettled(Array.from({ length: 10 }, () => enter('ana')));
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  await expect(enter('ana')).rejects.toMatchObject({ code: 'rate_limited' });
  await expect(enter('ben')).resolves.toBeTypeOf('function');
});
