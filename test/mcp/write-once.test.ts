import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, connectCurl, errorIn, type TestClient } from '../support/clients.ts';
import { REPLY_TEMPLATE } from '../support/reply-template.ts';
import { type RunningPair, startPair, startServer } from '../support/start.ts';
import { askPartoo } from '../support/tool-test.ts';

const CONVERSATION = 30001;

let pair: RunningPair;
let client: TestClient;
beforeEach(async () => {
  pair = await startPair();
  client = await connectCurl(pair.url, { 'x-APIKey': 'demo-admin' });
});
afterEach(() => pair.close());

const send = (content: string, more = {}) =>
  client.call('send_message', { conversation_id: CONVERSATION, content, ...more });
const template = (more = {}) => client.call('create_review_reply_template', { ...REPLY_TEMPLATE, ...more });
const update = (region: string, more = {}) =>
  client.call('update_business', { business_id: 'c-PAR/01', region, ...more });
const writes = () => pair.received().filter(({ method }) => method === 'POST').length;
const codeOf = (answer: Answer) => (answer.isError ? errorIn(answer).code : 'ok');

describe('the same write again', () => {
  test('is not sent again: it gets the first result, marked, and how to send it on purpose', async () => {
    const first = await send('Your cake is ready');
    const again = await send('Your cake is ready');
    expect(writes()).toBe(1);
    expect(first.structured).not.toHaveProperty('repeated');
    expect(again.isError).toBe(false);
    expect(again.structured).toMatchObject({ message_id: first.structured?.message_id, repeated: true });
    expect(again.structured?.note).toMatch(/made \d+ s ago.*nothing was sent again.*idempotency_key/);
  });

  test('is the same whatever form its arguments have, and is another for one other word', async () => {
    await client.call('send_message', { conversation_id: CONVERSATION, content: 'Bonjour' });
    await client.call('send_message', { content: 'Bonjour', conversation_id: String(CONVERSATION) });
    expect(writes()).toBe(1);
    await send('Bonjour !');
    expect(writes()).toBe(1);
  });

  test('is a write of its own for another key', async () => {
    const colleague = await connectCurl(pair.url, { 'x-APIKey': 'demo-colleague' });
    await send('Hello');
    await colleague.call('send_message', { conversation_id: CONVERSATION, content: 'Hello' });
    expect(writes()).toBe(2);
  });

  test('while the first is in progress is told so, with the seconds', async () => {
    pair.partoo.faults.add({ kind: 'latency', ms: 300, method: 'POST' });
    const answers = await Promise.all([send('Hello'), send('Hello')]);
    expect(answers.map(codeOf).toSorted()).toEqual(['in_progress', 'ok']);
    const told = errorIn(answers.find(({ isError }) => isError) as Answer);
    expect(told.retry_after_seconds).toBeGreaterThan(0);
    expect(told.next_step).toContain('same call again');
    expect((await send('Hello')).structured).toMatchObject({ repeated: true });
    expect(writes()).toBe(1);
  });

  test('is sent when the first was certainly not carried out', async () => {
    pair.partoo.faults.add({ kind: 'status', status: 403, method: 'POST' });
    expect(codeOf(await send('Hello'))).toBe('permission_denied');
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, method: 'POST' });
    expect(codeOf(await send('Hello'))).toBe('ok');
    expect(writes()).toBe(3);
  });

  test('is told the unknown outcome of the first, and how to go on', async () => {
    pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
    for (let i = 0; i < 2; i++) {
      const error = errorIn(await template());
      expect(error.code).toBe('outcome_unknown');
      expect(error.next_step).toMatch(/look.*idempotency_key/s);
    }
    expect(writes()).toBe(1);
    expect(codeOf(await template({ idempotency_key: 'looked' }))).toBe('ok');
    expect(writes()).toBe(1);
  });

  test('of update_business is one only if nothing else was set in between', async () => {
    await update('Normandie');
    expect((await update('Normandie')).structured).toMatchObject({ repeated: true });
    await update('Bretagne');
    expect((await update('Normandie')).structured).not.toHaveProperty('repeated');
    expect(writes()).toBe(3);
  });

  test('of update_business to one business is not forgotten for another one', async () => {
    const other = () => client.call('update_business', { business_id: 'c-MAD#3', region: 'Madrid' });
    await update('Normandie');
    await other();
    expect((await update('Normandie')).structured).toMatchObject({ repeated: true });
    expect((await other()).structured).toMatchObject({ repeated: true });
    expect(writes()).toBe(2);
  });
});

describe('an idempotency_key', () => {
  test('makes a second one of the same words, and no third', async () => {
    await send('Hello');
    const second = await send('Hello', { idempotency_key: 'second' });
    expect(second.structured).not.toHaveProperty('repeated');
    expect((await send('Hello', { idempotency_key: 'second' })).structured).toMatchObject({ repeated: true });
    expect(writes()).toBe(2);
  });

  test.each(['send_message', 'update_business'])('of %s is not taken for another write', async tool => {
    const call = (text: string) =>
      tool === 'send_message'
        ? send(text, { idempotency_key: 'one' })
        : update(text, { idempotency_key: 'one' });
    expect(codeOf(await call('Hello'))).toBe('ok');
    const error = errorIn(await call('Goodbye'));
    expect(error).toMatchObject({ code: 'invalid_input' });
    expect(error.problems?.[0]).toMatch(/^idempotency_key: .*other arguments/);
    expect(writes()).toBe(1);
  });

  test('is no field of a business', async () => {
    const answer = await client.call('update_business', { business_id: 'c-PAR/01', idempotency_key: 'x' });
    expect(errorIn(answer).problems?.[0]).toContain('at least one field');
  });
});

describe('WRITE_MEMORY_SECONDS', () => {
  test.each([
    { seconds: '1', expected: 1, waits: 'and is over' },
    { seconds: '0', expected: 2, waits: 'at all' },
  ])('$seconds: $waits', async ({ seconds, expected }) => {
    const own = await startServer(`${pair.partoo.app.listeningOrigin}/v2`, { WRITE_MEMORY_SECONDS: seconds });
    client = await connectCurl(own.url, { 'x-APIKey': 'demo-admin' });
    await send('Hello');
    await send('Hello');
    expect(writes()).toBe(expected);
    await sleep(1_100);
    await send('Hello');
    expect(writes()).toBe(1);
    await own.close();
  });
});

describe('a write whose answer was lost is looked for', () => {
  const reply = async () => {
    const { reviews } = await askPartoo(pair, '/reviews?state__in=not_treated&per_page=1');
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
    const { businesses } = await askPartoo(pair, '/business/search?per_page=2');
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

  test.each([reply, message, post])('and told as done where it is there: %o', async prepare => {
    const { tool, args, shows } = await prepare();
    pair.partoo.faults.add({ kind: 'cut', when: 'after', method: 'POST' });
    const answer = await client.call(tool, args);
    expect(answer.isError, answer.text).toBe(false);
    expect(answer.structured).toMatchObject(shows);
    expect(answer.structured?.note).toMatch(/answer was lost; a look showed/);
    expect((await client.call(tool, args)).structured).toMatchObject({ ...shows, repeated: true });
    expect(writes()).toBe(1);
  });

  test.each([reply, message, post])(
    'and told as unknown where it is not: %o',
    async prepare => {
      const { tool, args } = await prepare();
      pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
      expect(errorIn(await client.call(tool, args)).code).toBe('outcome_unknown');
      expect(writes()).toBe(1);
    },
    10_000,
  );

  test('but not one that was meant as one more of the same: what is there may be the one before', async () => {
    expect(codeOf(await send('Hello'))).toBe('ok');
    pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
    expect(codeOf(await send('Hello', { idempotency_key: 'second' }))).toBe('outcome_unknown');
  });

  test('and an older one of the same words is not taken for it', async () => {
    const { messages } = await askPartoo(pair, `/messages?conversation_id=${CONVERSATION}`);
    const old = (messages as { sender_type: string; content: string }[]).find(
      ({ sender_type }) => sender_type === 'User',
    );
    expect(old).toBeDefined();
    pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
    expect(codeOf(await send(old?.content ?? ''))).toBe('outcome_unknown');
  }, 10_000);
});
