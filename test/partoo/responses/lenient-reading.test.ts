import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutDelimiters } from '../../../src/tools/untrusted-text/delimiters.ts';
import { connectV1, connectV2, errorIn } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

/** Responses may differ from Partoo's documentation, which must not break a call. */

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

test.each([
  {
    what: 'nulls, unknown fields, numbers as texts and rows that are not objects',
    tool: 'search_reviews',
    args: { detail: 'full' },
    body: {
      page: '1',
      max_page: null,
      count: '2',
      surprise: true,
      reviews: [
        { id: '7', rating: '4.5', comments: null, tags: null, title: '', content: 12, brand_new: { a: 1 } },
        null,
        'what',
        { id: 9, comments: [{ content: 'One of a list' }] },
        {
          id: 8,
          comments: { content: 'Thanks', replies: null },
          tags: [{ label: 'food' }, null],
          recommended: 'yes',
        },
      ],
    },
    reads: {
      count: 2,
      page: 1,
      has_more: false,
      reviews: [
        { id: 7, rating: 4.5, content: '12' },
        { id: 9, comments: { content: 'One of a list' } },
        { id: 8, comments: { content: 'Thanks' }, tags: [{ label: 'food' }] },
      ],
    },
  },
  {
    what: 'a list that is null',
    tool: 'search_reviews',
    body: { reviews: null, page: 1, max_page: 1, count: 0 },
    reads: { count: 0, page: 1, max_page: 1, has_more: false, reviews: [] },
  },
  {
    what: 'an unpublished business, which is not a failure',
    tool: 'get_business',
    args: { business_id: 'c4be7993f4425413233d77d3' },
    body: { id: 'x', published: false, updated: 0 },
    reads: { id: 'x', published: false, updated: 0 },
  },
  {
    what: 'a business with undocumented fields',
    tool: 'get_business',
    args: { business_id: 'c4be7993f4425413233d77d3' },
    body: {
      id: 'x',
      created: 1e14,
      modified: 1_700_000_000_000,
      name: null,
      custom_fields: [{ key: 'a', value: null }],
      open_hours: { monday: [] },
      lat: 0,
    },
    reads: {
      id: 'x',
      modified: '2023-11-14T22:13:20Z',
      custom_fields: [{ key: 'a' }],
      open_hours: { monday: [] },
      lat: 0,
    },
  },
  {
    what: 'a write with undocumented fields',
    tool: 'reply_to_review',
    args: { review_id: 1, content: 'Thanks' },
    body: { id: '7', review_id: '1', date: null, brand_new: { a: 1 } },
    reads: { id: 7, review_id: 1, note: 'Partoo accepted the reply.' },
  },
])('reads $what', async ({ tool, args, body, reads }) => {
  for (const connect of [connectV2, connectV1]) {
    const client = await connect(pair.url, { 'x-APIKey': 'demo-admin' });
    // Both clients check structuredContent against the advertised outputSchema, once they have the list.
    await client.listTools();
    pair.partoo.faults.add({ kind: 'status', status: 200, body });
    const own = tool === 'reply_to_review' ? { ...args, idempotency_key: String(connect.name) } : args;
    const result = await client.call(tool, own);
    expect(result.isError, result.text).toBe(false);
    expect(JSON.parse(withoutDelimiters(result.text))).toEqual(reads);
    await client.close();
  }
});

test('a response that is not an object is an error, not an empty list', async () => {
  pair.partoo.faults.add({ kind: 'status', status: 200, body: [], times: 2 });
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  expect(errorIn(await client.call('search_businesses')).code).toBe('partoo_unavailable');
  const one = await client.call('get_business', { business_id: 'c-PAR/01' });
  expect(errorIn(one).code).toBe('partoo_unavailable');
  await client.close();
});

test('a page without max_page still says whether there are more', async () => {
  pair.partoo.faults.add({ kind: 'status', status: 200, body: { reviews: [{ id: 1 }], count: 500 } });
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  expect((await client.call('search_reviews')).structured).toMatchObject({ has_more: true, next_page: 2 });
  pair.partoo.faults.add({ kind: 'status', status: 200, body: { reviews: [{ id: 1 }], max_page: 5 } });
  const third = await client.call('search_reviews', { page: 3 });
  expect(third.structured, 'a response without a page number is the page requested').toMatchObject({
    next_page: 4,
  });
  await client.close();
});

const reviews = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index + 1 }));

test.each([
  ['a full page', { reviews: reviews(10) }, { per_page: 10 }, true],
  ['a page that is not full', { reviews: reviews(9) }, { per_page: 10 }, false],
  ['a page of the default size', { reviews: reviews(30) }, {}, true],
  ['an empty page', { reviews: [] }, {}, false],
  [
    'a last page that is not full, with the total',
    { reviews: reviews(5), count: 25 },
    { page: 3, per_page: 10 },
    false,
  ],
  [
    'a full page, with a total beyond it',
    { reviews: reviews(10), count: 25 },
    { page: 2, per_page: 10 },
    true,
  ],
  ['a full page with an invalid total', { reviews: reviews(10), count: -1 }, { per_page: 10 }, true],
  [
    'a full page called the last, with a total beyond it',
    { reviews: reviews(10), max_page: 1, count: 25 },
    { per_page: 10 },
    true,
  ],
  ['a page with a max_page of zero', { reviews: reviews(10), max_page: 0 }, { per_page: 10 }, true],
])('%s decides whether there are more', async (_, body, args, more) => {
  pair.partoo.faults.add({ kind: 'status', status: 200, body });
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const { structured } = await client.call('search_reviews', args);
  expect(structured).toMatchObject({ has_more: more });
  const { page = 1 } = args as { page?: number };
  expect(structured?.next_page).toBe(more ? page + 1 : undefined);
  await client.close();
});

test('the next page follows the requested one, whatever number Partoo gives it', async () => {
  pair.partoo.faults.add({
    kind: 'status',
    status: 200,
    body: { reviews: reviews(1), page: 0, max_page: 5 },
  });
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  expect((await client.call('search_reviews', { page: 3 })).structured).toMatchObject({ next_page: 4 });
  await client.close();
});

test.each([
  ['abc', 'abc'],
  [42, '42'],
  [null, undefined],
  ['', undefined],
  [' ', undefined],
  [false, undefined],
  [true, undefined],
  [{ after: 'abc' }, undefined],
  [['abc'], undefined],
])('the next_cursor %j is read as %j', async (next_cursor, read) => {
  pair.partoo.faults.add({ kind: 'status', status: 200, body: { conversations: [{ id: 1 }], next_cursor } });
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const { structured, text } = await client.call('list_conversations');
  expect(structured?.has_more).toBe(read !== undefined);
  expect(structured?.next_cursor).toBe(read);
  expect(text).not.toContain('[object');
  await client.close();
});

test('a cursor equal to the current one ends the list', async () => {
  const body = { conversations: [{ id: 1 }], next_cursor: 'abc' };
  pair.partoo.faults.add({ kind: 'status', status: 200, body, times: 2 });
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const first = await client.call('list_conversations');
  expect(first.structured).toMatchObject({ has_more: true, next_cursor: 'abc' });
  const second = await client.call('list_conversations', { cursor: 'abc' });
  expect(second.structured).toMatchObject({ has_more: false });
  await client.close();
});

test('after page 100, the last that Partoo serves, the note says to narrow the filters', async () => {
  pair.partoo.faults.add({
    kind: 'status',
    status: 200,
    body: { businesses: [{ id: 'x' }], page: 100, max_page: 140 },
  });
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const { structured } = await client.call('search_businesses', { page: 100 });
  expect(structured).toMatchObject({ has_more: true, note: expect.stringContaining('narrow the filters') });
  expect(structured).not.toHaveProperty('next_page');
  await client.close();
});
