import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPlain, errorIn, type TestClient } from '../../support/clients.ts';
import { everyTool } from '../../support/every-tool.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { askPartoo } from '../../support/tool-test.ts';

/** A 200 is not yet a success: Partoo, and whatever stands before it, may say no with it. */

let pair: RunningPair;
let client: TestClient;
beforeAll(async () => {
  pair = await startPair(
    { TOOL_DEADLINE_MS: '3000', RATE_LIMIT_PER_MINUTE: '10000' },
    { rateLimitPerMinute: 10_000 },
  );
  client = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
});
afterAll(() => pair.close());

let calls = 0;
/** Calls a tool while Partoo answers with `status` and `body`. A write is another one each time. */
async function callAnswered(tool: string, body: unknown, status = 200, times = 1) {
  const args = everyTool(`Text ${calls++}`, calls)[tool];
  pair.partoo.faults.clear();
  pair.partoo.faults.add({ kind: 'status', status, body, times });
  pair.received();
  const answer = await client.call(tool, args);
  return { answer, received: pair.received() };
}

const READS = Object.keys(everyTool('', 1)).filter(name => /^(get|list|search)_/.test(name));
const LISTS = READS.filter(name => name !== 'get_business');
const WRITES = Object.keys(everyTool('', 1)).filter(name => !READS.includes(name));

const REFUSALS = [
  { error: 'The moon is full' },
  { errors: { json: 'The moon is full' } },
  { errors: ['The moon is full'] },
  { status: 'error', message: 'The moon is full' },
  { status: 'KO', message: 'The moon is full' },
  { success: false, message: 'The moon is full' },
  { ok: 'false', reason: 'The moon is full' },
];

/** With all that a success has. */
const whole = (more: object) => ({
  ...{ status: 'success', id: 7, message_id: 7, ids: '45', data: [] },
  ...{ businesses: [], reviews: [], conversations: [], messages: [], posts: [], metrics: [], keywords: [] },
  ...{ count: 0, page: 1, max_page: 1, next_cursor: null },
  ...more,
});
const BY_OTHER_NAMES = [
  { Error: 'The moon is full' },
  { ERRORS: ['The moon is full'] },
  { error_message: 'The moon is full' },
  { errorCode: 12, detail: 'The moon is full' },
  { hasErrors: true, message: 'The moon is full' },
  { exception: 'The moon is full' },
  { fault: { faultstring: 'The moon is full' } },
  { Success: false, message: 'The moon is full' },
  { is_success: 'False ', message: 'The moon is full' },
  { Status: 'Error', message: 'The moon is full' },
  { status: { code: 500, message: 'The moon is full' } },
  { status: '500', message: 'The moon is full' },
  { statusCode: 500, message: 'The moon is full' },
  { meta: { errors: ['The moon is full'] } },
  { result: { success: false, message: 'The moon is full' } },
];

describe.each(READS)('%s fails', tool => {
  test.each(REFUSALS)('with what Partoo says in %j, after one attempt', async body => {
    const { answer, received } = await callAnswered(tool, body);
    expect(answer.isError, answer.text).toBe(true);
    expect(errorIn(answer).problems?.join()).toContain('The moon is full');
    expect(received).toHaveLength(1);
  });

  test.each([{}, [], null, '', { message: 'The moon is full' }])('when the answer is %j', async body => {
    const { answer, received } = await callAnswered(tool, body);
    expect(errorIn(answer)).toMatchObject({
      code: 'partoo_unavailable',
      problems: [
        expect.stringMatching(/^Partoo's answer (is no JSON object|has no list of \w+|has no id)$/),
        ...said(body),
      ],
    });
    expect(received).toHaveLength(1);
  });
});

const said = (body: unknown) =>
  JSON.stringify(body).includes('moon') ? [expect.stringContaining('The moon is full')] : [];

describe.each(['search_reviews', 'send_message', 'create_post'])('%s is no success', tool => {
  test.each(BY_OTHER_NAMES)('when the answer also has %j', async more => {
    const { answer, received } = await callAnswered(tool, whole(more), 200, 9);
    if (READS.includes(tool)) return expect(errorIn(answer).code).toBe('partoo_unavailable');
    expect(errorIn(answer).code).toBe('outcome_unknown');
    expect(errorIn(answer).problems?.join()).toContain('The moon is full');
    expect(received).toHaveLength(1);
  });
});

describe('a read that is refused with a 200', () => {
  test.each([
    [{ error: { authorization: 'Operation not allowed' } }, 'permission_denied'],
    [{ errors: { json: { per_page: 'Too large.' } } }, 'invalid_input'],
    [{ error: { json: 'Resource not found' } }, 'not_found'],
    [{ status: 'error', code: 404, message: 'No such thing' }, 'not_found'],
    [{ error: 'Unknown', status: 400 }, 'invalid_input'],
  ])('%j is told as if it had the status of these words', async (body, code) => {
    expect(errorIn((await callAnswered('search_posts', body)).answer).code).toBe(code);
  });

  test('for the limit waits as after a 429, and is sent again', async () => {
    pair.partoo.faults.clear();
    const body = { error: { message: 'Rate limit exceeded' } };
    pair.partoo.faults.add({ kind: 'status', status: 200, body, headers: { 'retry-after': '1' } });
    pair.received();
    const other = await connectPlain(pair.url, { 'x-APIKey': 'demo-other' });
    expect((await other.call('search_posts')).isError).toBe(false);
    const moments = pair.received().map(({ at }) => at);
    expect(moments).toHaveLength(2);
    expect((moments[1] ?? 0) - (moments[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  test('does not tell the key that Partoo quotes', async () => {
    const { answer } = await callAnswered('search_posts', { error: 'The key demo-admin is tired' });
    expect(answer.text).toContain('is tired');
    expect(answer.text).not.toContain('demo-admin');
  });
});

describe('what says that there is no error is no error', () => {
  test.each([
    { error: null },
    { error: false, errors: [] },
    { errors: { json: {} }, success: true, status: 'success' },
  ])('%j', async also => {
    const list = { count: 0, businesses: [], ...also };
    expect((await callAnswered('search_businesses', list)).answer.isError).toBe(false);
    const business = { id: 'x', code: '404', ...also, status: 'closed' };
    expect((await callAnswered('get_business', business)).answer.isError).toBe(false);
  });

  test.each([{ businesses: ['Service unavailable'] }, { businesses: [null], count: 1 }])(
    'but a list of something else is none: %j',
    async body => {
      const { answer } = await callAnswered('search_businesses', body);
      expect(errorIn(answer).problems).toContain("Partoo's answer has no list of businesses");
    },
  );

  test.each(LISTS)('%s: an empty list is an answer', async tool => {
    const body = { count: 0, max_page: 1, next_cursor: null };
    const names = [
      'businesses',
      'reviews',
      'data',
      'conversations',
      'messages',
      'posts',
      'metrics',
      'keywords',
    ];
    const { answer } = await callAnswered(tool, {
      ...body,
      ...Object.fromEntries(names.map(name => [name, []])),
    });
    expect(answer.isError, answer.text).toBe(false);
  });
});

describe.each(WRITES)('%s is not told as done, and not sent again,', tool => {
  test.each(REFUSALS)('when Partoo says %j: its words, and how to look', async body => {
    const { answer, received } = await callAnswered(tool, body);
    const error = errorIn(answer);
    expect(error.code).toBe('outcome_unknown');
    expect(error.problems?.join()).toContain('The moon is full');
    expect(error.next_step).toMatch(/before you have looked\. \S.*idempotency_key/s);
    expect(received, 'and nothing is looked for').toHaveLength(1);
  });

  test.each([
    [200, {}],
    [200, { status: 'pending', id: 1, message_id: 1, ids: '1' }],
    [202, { status: 'success', id: 1, message_id: 1, ids: '1' }],
    [204, ''],
    [499, ''],
    [460, ''],
    [200, { status: 'success', id: 0, message_id: 0, ids: '0' }],
    [200, { id: -1, message_id: -1, ids: '-1' }],
    [200, { id: 'None', message_id: 'null', ids: 'undefined' }],
    [200, { id: 'Not made', message_id: 'Not made', ids: 'Not made' }],
    [200, { id: true, message_id: [], ids: {} }],
    [200, { status: 'success', id: 1, message_id: 1, ids: '1', data: [{ post_id: 1, error: 'quota' }] }],
  ])('when the answer is %i %j', async (status, body) => {
    const { answer, received } = await callAnswered(tool, body, status, 9);
    expect(errorIn(answer).code).toBe('outcome_unknown');
    const isRepeatable = tool === 'update_business' && status > 400;
    expect(received.filter(({ method }) => method === 'POST')).toHaveLength(isRepeatable ? 4 : 1);
  });

  test('nor made a second time when it is asked for again', async () => {
    pair.partoo.faults.clear();
    pair.partoo.faults.add({ kind: 'status', status: 200, body: { error: 'The moon is full' } });
    // A business that no write before is in doubt of: an update is made again where another may have replaced it.
    const args = {
      ...everyTool('Once', 1)[tool],
      ...(tool === 'update_business' && { business_id: 'c-PAR/02' }),
    };
    pair.received();
    expect(errorIn(await client.call(tool, args)).code).toBe('outcome_unknown');
    expect(errorIn(await client.call(tool, args)).code).toBe('outcome_unknown');
    expect(pair.received()).toHaveLength(1);
  });
});

describe('a write is told as done', () => {
  test.each([
    ['update_business', { id: 'c4be7993f4425413233d77d3' }, 200],
    ['update_business', { status: 'success' }, 200],
    ['reply_to_review', { id: 7 }, 201],
    ['create_review_reply_template', { id: 7, errors: [] }, 200],
    ['send_message', { status: 'success', message_id: 7 }, 200],
    ['send_message', { message_id: 7 }, 200],
    ['create_post', { status: 'success', ids: '45' }, 200],
    ['create_post', { data: [{ post_id: 45, business_id: 'C4BE7993F4425413233D77D3' }] }, 200],
  ])('%s with the answer %j', async (tool, body, status) => {
    const { answer } = await callAnswered(tool, body, status);
    expect(answer.isError, answer.text).toBe(false);
  });
});

describe('a write is not told as done when the answer is about something else', () => {
  const other = 'ffffffffffffffffffffffff';
  test.each([
    [
      'create_post',
      { status: 'success', data: [{ post_id: 45, business_id: other }] },
      /posts 45, and none for c4be/,
    ],
    ['create_post', { status: 'success', data: [] }, /names no post/],
    ['create_post', { status: 'success' }, /names no post/],
    ['reply_to_review', { status: 'success' }, /neither a success nor its id/],
    ['create_review_reply_template', { status: 'success' }, /neither a success nor its id/],
    ['send_message', { status: 'success', message_id: 7, conversation_id: 9 }, /another conversation/],
    ['create_post', { status: 'partial', ids: '45' }, /not success; it names the posts 45/],
    ['reply_to_review', { id: 7, review_id: 123_456 }, /another review/],
  ])('%s: %j', async (tool, body, problem) => {
    const error = errorIn((await callAnswered(tool, body)).answer);
    expect(error.code).toBe('outcome_unknown');
    expect(error.problems?.[0]).toMatch(problem);
  });

  test('update_business', async () => {
    pair.partoo.faults.clear();
    pair.partoo.faults.add({ kind: 'status', status: 200, body: { status: 'success', id: other } });
    const args = { business_id: 'c4be7993f4425413233d77d3', region: 'Normandie' };
    expect(errorIn(await client.call('update_business', args)).problems?.[0]).toContain('another business');
  });

  test('get_business', async () => {
    pair.partoo.faults.clear();
    pair.partoo.faults.add({ kind: 'status', status: 200, body: { id: other, name: 'Another' } });
    const answer = await client.call('get_business', { business_id: 'c4be7993f4425413233d77d3' });
    expect(errorIn(answer).problems?.[0]).toContain('another business');
  });

  test('fewer posts than businesses', async () => {
    const { businesses } = await askPartoo(pair, '/business/search?per_page=2');
    const business__in = (businesses as { id: string }[]).map(({ id }) => id);
    pair.partoo.faults.add({ kind: 'status', status: 200, body: { status: 'success', ids: '45,45' } });
    const args = { business__in, publishers: 'facebook', post_type: 'news', summary: 'Fewer' };
    expect(errorIn(await client.call('create_post', args)).problems?.[0]).toContain('fewer than businesses');
  });
});
