import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectPlain, errorIn, type TestClient, type ToolResult } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { fetchFromEmulator } from '../../support/tool-test.ts';

const CONVERSATION = 30001;

let pair: RunningPair;
let client: TestClient;
async function start(env: Record<string, string>) {
  pair = await startPair(env);
  client = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
}
// Time for one look: for the second one there must be six seconds.
beforeEach(() => start({ TOOL_DEADLINE_MS: '5900' }));
afterEach(() => pair.close());

const send = (content: string, more = {}) =>
  client.call('send_message', { conversation_id: CONVERSATION, content, ...more });
const writes = () => pair.received().filter(({ method }) => method === 'POST').length;
const codeOf = (result: ToolResult) => (result.isError ? errorIn(result).code : 'ok');

const reply = async () => {
  const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=not_treated&per_page=1');
  const [{ id }] = reviews as [{ id: number }];
  return {
    tool: 'reply_to_review',
    args: { review_id: id, content: 'Thank you!' },
    shows: { review_id: id },
  };
};
const message = async () => ({
  tool: 'send_message',
  args: { conversation_id: CONVERSATION, content: 'Your cake is ready' },
  shows: { message_id: expect.any(Number) },
});
const post = async () => {
  const { businesses } = await fetchFromEmulator(pair, '/business/search?per_page=2');
  const ids = (businesses as { id: string }[]).map(({ id }) => id);
  return {
    tool: 'create_post',
    args: {
      business__in: ids.join(','),
      publishers: 'google_my_business',
      post_type: 'news',
      summary: 'Open on Sunday',
    },
    shows: {
      posts: expect.arrayContaining(ids.map(business_id => ({ post_id: expect.any(Number), business_id }))),
    },
  };
};

describe('a write whose response was lost', () => {
  test.each([reply, message, post])('is reported as done if Partoo has it: %o', async prepare => {
    const { tool, args, shows } = await prepare();
    pair.partoo.faults.add({ kind: 'cut', when: 'after', method: 'POST' });
    const result = await client.call(tool, args);
    expect(result.isError, result.text).toBe(false);
    expect(result.structured).toMatchObject(shows);
    expect(result.structured?.note).toMatch(/response was lost; a check found/);
    expect((await client.call(tool, args)).structured).toMatchObject({ ...shows, repeated: true });
    expect(writes()).toBe(1);
  });

  test('is looked for once more a while later, in case Partoo was still working', async () => {
    await pair.close();
    await start({ UPSTREAM_TIMEOUT_MS: '1000' });
    pair.partoo.faults.add({ kind: 'latency', ms: 2_500, method: 'POST' });
    const result = await send('Your cake is ready');
    expect(result.structured?.note, result.text).toMatch(/response was lost; a check found/);
    expect(writes()).toBe(1);
  });

  test.each([reply, message, post])(
    'is reported as unknown if Partoo does not have it: %o',
    async prepare => {
      const { tool, args } = await prepare();
      pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
      expect(errorIn(await client.call(tool, args)).code).toBe('outcome_unknown');
      expect(writes()).toBe(1);
    },
    10_000,
  );

  test('is not confused with what an identical write before it made', async () => {
    expect(codeOf(await send('Hello'))).toBe('ok');
    pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
    expect(codeOf(await send('Hello', { idempotency_key: 'second' }))).toBe('outcome_unknown');
    const first = await send('Good evening');
    pair.partoo.faults.add({ kind: 'cut', when: 'after', method: 'POST' });
    const second = await send('Good evening', { idempotency_key: 'another' });
    expect(second.isError, second.text).toBe(false);
    expect(second.structured?.message_id).not.toBe(first.structured?.message_id);
  }, 10_000);

  test('is not confused with an older one of the same words', async () => {
    const { messages } = await fetchFromEmulator(pair, `/messages?conversation_id=${CONVERSATION}`);
    const old = (messages as { sender_type: string; content: string }[]).find(
      ({ sender_type }) => sender_type === 'User',
    );
    expect(old).toBeDefined();
    pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
    expect(codeOf(await send(old?.content ?? ''))).toBe('outcome_unknown');
  }, 10_000);

  test('is not confused with an event of the same text on another day', async () => {
    const { args } = await post();
    const event = (day: string) =>
      client.call('create_post', {
        ...args,
        post_type: 'event',
        title: 'Open day',
        start_at: `${day}T09:00`,
        end_at: `${day}T18:00`,
      });
    expect(codeOf(await event('2050-01-01'))).toBe('ok');
    pair.partoo.faults.add({ kind: 'status', status: 500, method: 'POST' });
    expect(codeOf(await event('2050-01-02'))).toBe('outcome_unknown');
    expect(writes()).toBe(2);
  }, 10_000);

  test('is not looked for if it is a post right after a draft of the same text', async () => {
    const { args } = await post();
    expect(codeOf(await client.call('create_post', { ...args, is_draft: true }))).toBe('ok');
    pair.partoo.faults.add({ kind: 'status', status: 500, method: 'POST' });
    expect(codeOf(await client.call('create_post', args))).toBe('outcome_unknown');
  }, 10_000);

  test('is not looked for while another write is in progress that could have made the same', async () => {
    const { args } = await post();
    pair.partoo.faults.add({ kind: 'latency', ms: 2_000, when: 'after', method: 'POST' });
    const slow = client.call('create_post', args);
    await expect
      .poll(() => pair.partoo.requests.some(({ carriedOut, method }) => carriedOut && method === 'POST'))
      .toBe(true);
    pair.partoo.faults.add({ kind: 'status', status: 500, method: 'POST' });
    expect(codeOf(await client.call('create_post', { ...args, idempotency_key: 'second' }))).toBe(
      'outcome_unknown',
    );
    expect(codeOf(await slow)).toBe('ok');
  }, 15_000);

  test('is found among others of the same words by a clock that is ahead', async () => {
    const me = await fetchFromEmulator(pair, '/user/me');
    const { messages } = await fetchFromEmulator(pair, `/messages?conversation_id=${CONVERSATION}`);
    const [one] = (messages as Record<string, unknown>[]).filter(({ sender_type }) => sender_type === 'User');
    const clock = Date.now() + 3_600_000;
    const at = (ms: number) => new Date(clock + ms).toISOString();
    const ours = { ...one, id: 777, content: 'Hello', status: 'Sending', date: at(100), user_id: me.id };
    const others = [
      { id: 1, user_id: '5b27f7d0f5e12f0001a2b3c4' },
      { id: 2, date: at(-50_000) },
      { id: 3, date: at(3_600_000) },
      { id: 4, conversation_id: CONVERSATION + 1 },
      { id: 5, status: 'Failed' },
      { id: 6, status: 'Error' },
      { id: 7, sender_type: 'Consumer' },
      { id: 8, is_deleted: true },
      { id: 0 },
      { id: null },
    ].map(other => ({ ...ours, ...other }));
    const headers = { date: new Date(clock).toUTCString() };
    const shown = { messages: [...others, ours], next_cursor: null };
    pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
    for (const [path, body] of Object.entries({ '/v2/user/me': me, '/v2/messages': shown })) {
      pair.partoo.faults.add({ kind: 'status', status: 200, body, headers, path, times: 2 });
    }
    expect((await send('Hello')).structured).toMatchObject({ message_id: 777 });
  });

  test("is not confused with a colleague's older reply that was edited to the same words", async () => {
    const { args } = await reply();
    const older = {
      content: args.content,
      date: '2020-01-01T00:00:00',
      update_date: new Date().toISOString(),
    };
    const body = { reviews: [{ id: args.review_id, comments: { id: 7, ...older } }], page: 1, max_page: 1 };
    pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
    pair.partoo.faults.add({ kind: 'status', status: 200, body, path: '/v2/reviews', times: 2 });
    expect(codeOf(await client.call('reply_to_review', args))).toBe('outcome_unknown');
  }, 10_000);
});
