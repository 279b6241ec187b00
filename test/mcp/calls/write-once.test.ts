import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectPlain, errorIn, type TestClient, type ToolResult } from '../../support/clients.ts';
import { REPLY_TEMPLATE } from '../../support/reply-template.ts';
import { type RunningPair, startPair, startServer } from '../../support/start.ts';
import { fetchFromEmulator } from '../../support/tool-test.ts';

const CONVERSATION = 30001;

let pair: RunningPair;
let client: TestClient;
async function start(env: Record<string, string> = {}) {
  pair = await startPair(env);
  client = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
}
beforeEach(() => start());
afterEach(() => pair.close());

const send = (content: string, more = {}) =>
  client.call('send_message', { conversation_id: CONVERSATION, content, ...more });
const template = (more = {}) => client.call('create_review_reply_template', { ...REPLY_TEMPLATE, ...more });
const update = (region: string, more = {}) =>
  client.call('update_business', { business_id: 'c-PAR/01', region, ...more });
const writes = () => pair.received().filter(({ method }) => method === 'POST').length;
const codeOf = (result: ToolResult) => (result.isError ? errorIn(result).code : 'ok');

describe('the same write again', () => {
  test('is not sent again: it gets the first result, marked as repeated, and how to send it on purpose', async () => {
    const first = await send('Your cake is ready');
    const again = await send('Your cake is ready');
    expect(writes()).toBe(1);
    expect(first.structured).not.toHaveProperty('repeated');
    expect(again.isError).toBe(false);
    expect(again.structured).toMatchObject({ message_id: first.structured?.message_id, repeated: true });
    expect(again.structured?.note).toMatch(/made \d+ s ago.*nothing was sent again.*idempotency_key/);
  });

  test('is recognized in any form of its arguments, and is another write with one other word', async () => {
    await client.call('send_message', { conversation_id: CONVERSATION, content: 'Bonjour' });
    await client.call('send_message', { content: 'Bonjour', conversation_id: String(CONVERSATION) });
    expect(writes()).toBe(1);
    await send('Bonjour !');
    expect(writes()).toBe(1);
  });

  test('is another write for another key', async () => {
    const colleague = await connectPlain(pair.url, { 'x-APIKey': 'demo-colleague' });
    await send('Hello');
    await colleague.call('send_message', { conversation_id: CONVERSATION, content: 'Hello' });
    expect(writes()).toBe(2);
  });

  test('while the first is in progress gets in_progress with the seconds to wait', async () => {
    pair.partoo.faults.add({ kind: 'latency', ms: 300, method: 'POST' });
    const results = await Promise.all([send('Hello'), send('Hello')]);
    expect(results.map(codeOf).toSorted()).toEqual(['in_progress', 'ok']);
    const error = errorIn(results.find(({ isError }) => isError) as ToolResult);
    expect(error.retry_after_seconds).toBeGreaterThan(0);
    expect(error.next_step).toContain('same call again');
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

  test('gets the unknown outcome of the first, and how to go on', async () => {
    pair.partoo.faults.add({ kind: 'cut', method: 'POST' });
    for (let i = 0; i < 2; i++) {
      const error = errorIn(await template());
      expect(error.code).toBe('outcome_unknown');
      expect(error.next_step).toMatch(/Check.*idempotency_key/s);
    }
    expect(writes()).toBe(1);
    expect(codeOf(await template({ idempotency_key: 'looked' }))).toBe('ok');
    expect(writes()).toBe(1);
  });

  test('of update_business is recognized only if nothing else was set in between', async () => {
    await update('Normandie');
    expect((await update('Normandie')).structured).toMatchObject({ repeated: true });
    await update('Bretagne');
    expect((await update('Normandie')).structured).not.toHaveProperty('repeated');
    expect(writes()).toBe(3);
  });

  test('of a tool that sets values says that they may have changed in Partoo since, and another tool does not', async () => {
    await update('Normandie');
    expect((await update('Normandie')).structured?.note).toContain('may have changed in Partoo since');
    await send('Hello');
    expect((await send('Hello')).structured?.note).not.toContain('since');
  });

  test('of update_business to one business is recognized after an update of another business', async () => {
    const other = () => client.call('update_business', { business_id: 'c-MAD#3', region: 'Madrid' });
    await update('Normandie');
    await other();
    expect((await update('Normandie')).structured).toMatchObject({ repeated: true });
    expect((await other()).structured).toMatchObject({ repeated: true });
    expect(writes()).toBe(2);
  });
});

describe('A, then B, then A again are three changes', () => {
  const CODE = 'c-PAR/01';
  const lookedUp = async () =>
    (await fetchFromEmulator(pair, `/business/${encodeURIComponent(CODE)}`)).id as string;
  const set = (business_id: string, region: string, more = {}) =>
    client.call('update_business', { business_id, region, ...more });

  test.each([
    { by: 'an idempotency_key', more: { idempotency_key: 'b' }, a: CODE, b: CODE },
    { by: 'the store code instead of the id', more: {}, a: 'id', b: CODE },
    { by: 'the id instead of the store code', more: {}, a: CODE, b: 'id' },
    { by: 'the store code with an idempotency_key', more: { idempotency_key: 'b' }, a: 'id', b: CODE },
  ])('when B came with $by', async ({ more, a, b }) => {
    const id = await lookedUp();
    const [first, second] = [a, b].map(name => (name === 'id' ? id : name)) as [string, string];
    await set(first, 'Normandie');
    await set(second, 'Bretagne', more);
    expect((await set(first, 'Normandie')).structured).not.toHaveProperty('repeated');
    expect((await fetchFromEmulator(pair, `/business/${id}`)).region).toBe('Normandie');
    expect(writes()).toBe(3);
    expect((await set(first, 'Normandie')).structured, 'and no fourth').toMatchObject({ repeated: true });
  });

  test('when B has the code in other case, which may be the same to Partoo', async () => {
    await set('c-NTE_É3', 'Normandie');
    await set('c-NTE_E\u03013', 'Bretagne');
    await set('c-nte_é3', 'Bretagne');
    expect((await set('c-NTE_É3', 'Normandie')).structured).not.toHaveProperty('repeated');
  });

  test("when B came with a colleague's key", async () => {
    const colleague = await connectPlain(pair.url, { 'x-APIKey': 'demo-colleague' });
    await set(CODE, 'Normandie');
    await colleague.call('update_business', { business_id: CODE, region: 'Bretagne' });
    expect((await set(CODE, 'Normandie')).structured).not.toHaveProperty('repeated');
  });

  test('when B began first and ended last', async () => {
    pair.partoo.faults.add({ kind: 'latency', ms: 600, method: 'POST' });
    const slow = set(CODE, 'Bretagne');
    await expect.poll(() => pair.partoo.requests.some(({ method }) => method === 'POST')).toBe(true);
    await set(CODE, 'Normandie');
    await slow;
    expect((await fetchFromEmulator(pair, `/business/${encodeURIComponent(CODE)}`)).region).toBe('Bretagne');
    expect((await set(CODE, 'Normandie')).structured).not.toHaveProperty('repeated');
  });

  test('and A is not retried if B was done while A waited', async () => {
    pair.partoo.faults.add({ kind: 'status', status: 503, headers: { 'retry-after': '1' }, method: 'POST' });
    const waiting = set(CODE, 'Normandie');
    await expect.poll(() => pair.partoo.requests.some(({ method }) => method === 'POST')).toBe(true);
    expect(codeOf(await set(CODE, 'Bretagne'))).toBe('ok');
    expect(codeOf(await waiting)).toBe('outcome_unknown');
    expect((await fetchFromEmulator(pair, `/business/${encodeURIComponent(CODE)}`)).region).toBe('Bretagne');
  });

  test('when B set another field of the same business', async () => {
    await set(CODE, 'Normandie');
    await client.call('update_business', { business_id: CODE, region: 'Bretagne', city: 'Rennes' });
    expect((await set(CODE, 'Normandie')).structured).not.toHaveProperty('repeated');
  });

  test('when the code names another business in between', async () => {
    const [one, other] = ['c-PAR/01', 'c-MAD#3'];
    await set(one, 'Normandie');
    await client.call('update_business', { business_id: one, code: 'OLD' });
    await client.call('update_business', { business_id: other, code: 'PAR/01' });
    expect((await set(one, 'Normandie')).structured).not.toHaveProperty('repeated');
  });

  test('but not when B changed another business', async () => {
    const { businesses } = await fetchFromEmulator(pair, '/business/search?per_page=2');
    const [one, other] = (businesses as { id: string }[]).map(({ id }) => id) as [string, string];
    await set(one, 'Normandie');
    await set(other, 'Normandie');
    expect((await set(one, 'Normandie')).structured).toMatchObject({ repeated: true });
  });
});

describe('the same write in another spelling is the same', () => {
  const ids = async () => {
    const { businesses } = await fetchFromEmulator(pair, '/business/search?per_page=2');
    return (businesses as { id: string }[]).map(({ id }) => id);
  };
  const post = {
    publishers: 'google_my_business,facebook',
    post_type: 'news',
    summary: 'Caf\u00E9\nouvert !',
  };

  test.each([
    ['is_draft false', { is_draft: false }],
    ['cta_type no_cta', { cta_type: 'no_cta' }],
    ['platforms in another order', { publishers: ['facebook', 'google'] }],
    ['news by its other name', { post_type: 'standard' }],
    ['letters composed otherwise', { summary: 'Cafe\u0301\nouvert !' }],
    ['other line ends', { summary: 'Caf\u00E9\r\nouvert !' }],
    ['an invisible character', { summary: 'Caf\u00E9\nou\u200Bvert !' }],
    ['a space that does not break', { summary: 'Caf\u00E9\nouvert\u00A0! ' }],
  ])('a post with %s', async (_, spelling) => {
    const business__in = await ids();
    const first = await client.call('create_post', { ...post, business__in });
    const again = await client.call('create_post', {
      ...post,
      business__in: business__in.toReversed(),
      ...spelling,
    });
    expect(again.structured).toMatchObject({ posts: first.structured?.posts, repeated: true });
    expect(writes()).toBe(1);
  });

  test('a draft whose end is a default, some moments later', async () => {
    const draft = { ...post, business__in: await ids(), is_draft: true };
    await client.call('create_post', draft);
    await sleep(1_100);
    expect((await client.call('create_post', draft)).structured).toMatchObject({ repeated: true });
  });

  test('an update with its groups in another order; but not its categories, of which the first is the main one', async () => {
    const change = (fields: object) => client.call('update_business', { business_id: 'c-PAR/01', ...fields });
    await change({ groups: [101, 105] });
    expect((await change({ groups: '105, 101' })).structured).toMatchObject({ repeated: true });
    await change({ categories: ['gcid:bakery', 'gcid:cafe'] });
    expect((await change({ categories: ['gcid:cafe', 'gcid:bakery'] })).structured).not.toHaveProperty(
      'repeated',
    );
  });
});

describe('an idempotency_key', () => {
  test('makes a second write of the same words, and no third', async () => {
    await send('Hello');
    const second = await send('Hello', { idempotency_key: 'second' });
    expect(second.structured).not.toHaveProperty('repeated');
    expect((await send('Hello', { idempotency_key: 'second' })).structured).toMatchObject({ repeated: true });
    expect(writes()).toBe(2);
  });

  test.each(['send_message', 'update_business'])('of %s does not match another write', async tool => {
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

  test('is not sent as a field of a business', async () => {
    const result = await client.call('update_business', { business_id: 'c-PAR/01', idempotency_key: 'x' });
    expect(errorIn(result).problems?.[0]).toContain('at least one field');
  });
});

describe('WRITE_MEMORY_SECONDS', () => {
  test.each([
    { seconds: '1', expected: 1, waits: 'and is over' },
    { seconds: '0', expected: 2, waits: 'at all' },
  ])('$seconds: $waits', async ({ seconds, expected }) => {
    const own = await startServer(`${pair.partoo.app.listeningOrigin}/v2`, { WRITE_MEMORY_SECONDS: seconds });
    client = await connectPlain(own.url, { 'x-APIKey': 'demo-admin' });
    await send('Hello');
    await send('Hello');
    expect(writes()).toBe(expected);
    await sleep(1_100);
    await send('Hello');
    expect(writes()).toBe(1);
    await own.close();
  });
});
