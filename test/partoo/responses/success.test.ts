import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPlain, errorIn, type TestClient } from '../../support/clients.ts';
import { everyTool } from '../../support/every-tool.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { fetchFromEmulator } from '../../support/tool-test.ts';

/** Partoo, or a proxy before it, may report a failure with a 200. */

let pair: RunningPair;
let client: TestClient;
beforeAll(async () => {
  pair = await startPair(
    { TOOL_DEADLINE_MS: '3000', RATE_LIMIT_PER_MINUTE: '10000' },
    { rateLimitPerMinute: 10_000 },
  );
  client = await connectPlain(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
});
afterAll(() => pair.close());

let calls = 0;
/** Calls a tool while Partoo responds with `status` and `body`. No two writes are the same. */
async function callWithResponse(tool: string, body: unknown, status = 200, times = 1) {
  const args = { ...everyTool(`Text ${calls++}`, calls)[tool] };
  // Its arguments have no text that would tell two calls apart.
  if (/^(update|mark)_conversation|^delete_/.test(tool)) args.idempotency_key = String(calls);
  pair.partoo.faults.clear();
  pair.partoo.faults.add({ kind: 'status', status, body, times });
  pair.received();
  const result = await client.call(tool, args);
  return { result, received: pair.received() };
}

/** Made of several requests, of which some may fail; or read from a bare array. */
const COMPOSED = ['get_account', 'set_special_hours', 'list_message_templates', 'check_business_update'];
const READS = Object.keys(everyTool('', 1)).filter(
  name => /^(check|get|list|search|suggest)_/.test(name) && !COMPOSED.includes(name),
);
const LISTS = READS.filter(
  name =>
    ![
      'get_business',
      'get_conversation',
      'suggest_review_reply',
      'get_publisher_states',
      'get_completion_stats',
    ].includes(name),
);
const WRITES = Object.keys(everyTool('', 1)).filter(name => ![...READS, ...COMPOSED].includes(name));

/** Writes that may be sent twice. */
const SETTING = [
  'update_business',
  'update_conversation',
  'mark_conversation_read',
  'update_review',
  'update_review_reply',
  'update_post',
];

const FAILURES = [
  { error: 'The moon is full' },
  { errors: { json: 'The moon is full' } },
  { errors: ['The moon is full'] },
  { status: 'error', message: 'The moon is full' },
  { status: 'KO', message: 'The moon is full' },
  { success: false, message: 'The moon is full' },
  { ok: 'false', reason: 'The moon is full' },
];

/** A success of every tool at once. */
const whole = (more: object) => ({
  ...{ status: 'success', id: 7, message_id: 7, ids: '45', data: [] },
  ...{
    businesses: [],
    reviews: [],
    conversations: [],
    messages: [],
    posts: [],
    metrics: [],
    keywords: [],
    reply_templates: [],
  },
  ...{ count: 0, page: 1, max_page: 1, next_cursor: null },
  ...more,
});
const FAILURES_BY_OTHER_NAMES = [
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
  test.each(FAILURES)('after one attempt, with the words of %j', async body => {
    const { result, received } = await callWithResponse(tool, body);
    expect(result.isError, result.text).toBe(true);
    expect(errorIn(result).problems?.join()).toContain('The moon is full');
    expect(received).toHaveLength(1);
  });

  test.each([{}, [], null, '', { message: 'The moon is full' }])('when the response is %j', async body => {
    const { result, received } = await callWithResponse(tool, body);
    expect(errorIn(result)).toMatchObject({
      code: 'partoo_unavailable',
      problems: [
        expect.stringMatching(
          /^Partoo's response (is no JSON object|has no list of \w+|has no id|has no \w+_rate)$/,
        ),
        ...said(body),
      ],
    });
    expect(received).toHaveLength(1);
  });
});

const said = (body: unknown) =>
  JSON.stringify(body).includes('moon') ? [expect.stringContaining('The moon is full')] : [];

describe.each(['search_reviews', 'send_message', 'create_post'])('%s does not succeed', tool => {
  test.each(FAILURES_BY_OTHER_NAMES)('when the response also contains %j', async more => {
    const { result, received } = await callWithResponse(tool, whole(more), 200, 9);
    if (READS.includes(tool)) return expect(errorIn(result).code).toBe('partoo_unavailable');
    expect(errorIn(result).code).toBe('outcome_unknown');
    expect(errorIn(result).problems?.join()).toContain('The moon is full');
    expect(received).toHaveLength(1);
  });
});

describe('a read that fails with a 200', () => {
  test.each([
    [{ error: { authorization: 'Operation not allowed' } }, 'permission_denied'],
    [{ errors: { json: { per_page: 'Too large.' } } }, 'invalid_input'],
    [{ error: { json: 'Resource not found' } }, 'not_found'],
    [{ status: 'error', code: 404, message: 'No such thing' }, 'partoo_unavailable'],
  ])('%j gets the code of the status with which Partoo documents it', async (body, code) => {
    expect(errorIn((await callWithResponse('search_posts', body)).result).code).toBe(code);
  });

  test('for its key has that key rejected', async () => {
    pair.partoo.faults.clear();
    const body = { error: { authentication: 'User not authenticated' } };
    pair.partoo.faults.add({ kind: 'status', status: 200, body });
    const colleague = await connectPlain(pair.url, { 'x-APIKey': 'demo-colleague' });
    pair.received();
    for (let i = 0; i < 2; i++) {
      expect(errorIn(await colleague.call('search_posts')).code).toBe('invalid_api_key');
    }
    expect(pair.received()).toHaveLength(1);
  });

  test('for the rate limit waits as after a 429 and is sent again', async () => {
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

  test('hides a key that Partoo quotes', async () => {
    const { result } = await callWithResponse('search_posts', { error: 'The key demo-admin is tired' });
    expect(result.text).toContain('is tired');
    expect(result.text).not.toContain('demo-admin');
  });
});

describe('a response that says there is no error succeeds', () => {
  test.each([
    { error: null },
    { error: false, errors: [] },
    { errors: { json: {} }, success: true, status: 'success' },
  ])('%j', async also => {
    const list = { count: 0, businesses: [], ...also };
    expect((await callWithResponse('search_businesses', list)).result.isError).toBe(false);
    const business = { id: 'x', code: '404', ...also, status: 'closed' };
    expect((await callWithResponse('get_business', business)).result.isError).toBe(false);
  });

  test.each([{ businesses: ['Service unavailable'] }, { businesses: [null], count: 1 }])(
    'unless its list holds no objects: %j',
    async body => {
      const { result } = await callWithResponse('search_businesses', body);
      expect(errorIn(result).problems).toContain("Partoo's response has no list of businesses");
    },
  );

  test.each(LISTS)('%s: with an empty list', async tool => {
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
      'reply_templates',
      'sections',
      'categories',
    ];
    const { result } = await callWithResponse(tool, {
      ...body,
      ...Object.fromEntries(names.map(name => [name, []])),
    });
    expect(result.isError, result.text).toBe(false);
  });
});

describe.each(WRITES)('%s is neither reported as done nor sent again', tool => {
  test.each(FAILURES)(
    'when the response is %j, whose words it passes on with how to verify the write',
    async body => {
      const { result, received } = await callWithResponse(tool, body);
      const error = errorIn(result);
      expect(error.code).toBe('outcome_unknown');
      expect(error.problems?.join()).toContain('The moon is full');
      expect(error.next_step).toMatch(/before you send it again\. \S.*idempotency_key/s);
      expect(received, 'without verifying the write by itself').toHaveLength(1);
    },
  );

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
  ])('when the response is %i %j', async (status, body) => {
    const { result, received } = await callWithResponse(tool, body, status, 9);
    expect(errorIn(result).code).toBe('outcome_unknown');
    const isRepeatable = SETTING.includes(tool) && status > 400;
    expect(received.filter(({ method }) => method !== 'GET')).toHaveLength(isRepeatable ? 4 : 1);
  });

  test('when the same write is called again after a 200 with an error', async () => {
    pair.partoo.faults.clear();
    pair.partoo.faults.add({ kind: 'status', status: 200, body: { error: 'The moon is full' } });
    // Another business or conversation: an earlier write in doubt would let the update be repeated.
    const args = {
      ...everyTool('Once', 1)[tool],
      ...(tool === 'update_business' && { business_id: 'c-PAR/02' }),
      ...(tool.includes('conversation') && { conversation_id: 30_060 }),
    };
    pair.received();
    expect(errorIn(await client.call(tool, args)).code).toBe('outcome_unknown');
    expect(errorIn(await client.call(tool, args)).code).toBe('outcome_unknown');
    expect(pair.received()).toHaveLength(1);
  });
});

describe('a write is reported as done', () => {
  test.each([
    ['update_business', { id: 'c4be7993f4425413233d77d3' }, 200],
    ['update_business', { status: 'success' }, 200],
    ['reply_to_review', { id: 7 }, 201],
    ['create_review_reply_template', { id: 7, errors: [] }, 200],
    ['send_message', { status: 'success', message_id: 7 }, 200],
    ['send_message', { message_id: 7 }, 200],
    ['update_conversation', { status: 'success' }, 200],
    ['mark_conversation_read', { status: 'success' }, 200],
    ['create_post', { status: 'success', ids: '45' }, 200],
    ['update_post', { id: 8004, summary: 'Text', post_status: [{ state: 'error' }] }, 200],
    ['delete_post', { status: 'success' }, 200],
    ['create_post', { data: [{ post_id: 45, business_id: 'C4BE7993F4425413233D77D3' }] }, 200],
  ])('%s after the response %j', async (tool, body, status) => {
    const { result } = await callWithResponse(tool, body, status);
    expect(result.isError, result.text).toBe(false);
  });
});

describe('a write is not reported as done when the response is about something else', () => {
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
    ['update_conversation', { status: 'success', id: 9 }, /another conversation/],
    ['mark_conversation_read', { status: 'success', id: 9 }, /another conversation/],
    ['update_post', { id: 9 }, /another post/],
    ['delete_post', { status: 'success', id: 9999 }, /another post/],
    ['create_post', { status: 'partial', ids: '45' }, /not success; it names the posts 45/],
    ['reply_to_review', { id: 7, review_id: 123_456 }, /another review/],
  ])('%s: %j', async (tool, body, problem) => {
    const error = errorIn((await callWithResponse(tool, body)).result);
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
    const result = await client.call('get_business', { business_id: 'c4be7993f4425413233d77d3' });
    expect(errorIn(result).problems?.[0]).toContain('another business');
  });

  test('create_post: fewer posts than businesses', async () => {
    const { businesses } = await fetchFromEmulator(pair, '/business/search?per_page=2');
    const business__in = (businesses as { id: string }[]).map(({ id }) => id);
    pair.partoo.faults.add({ kind: 'status', status: 200, body: { status: 'success', ids: '45,45' } });
    const args = { business__in, publishers: 'facebook', post_type: 'news', summary: 'Fewer' };
    expect(errorIn(await client.call('create_post', args)).problems?.[0]).toContain('fewer than businesses');
  });
});
