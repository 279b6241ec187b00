import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS, connectV2, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

/** No result costs more than RESULT_TOKEN_BUDGET, and its note says how to get the rest. */

type Values = Record<string, unknown>;

const BUDGET = 1_000;
const MANY = { RATE_LIMIT_PER_MINUTE: '100000', RESULT_TOKEN_BUDGET: String(BUDGET) };

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair(MANY, { rateLimitPerMinute: 100_000 });
});
afterAll(() => pair.close());

const tokens = (text: string) => countTokens(text, { disallowedSpecial: new Set() });

describe.each(CLIENTS)('through $client', ({ connect }) => {
  let client: TestClient;
  beforeAll(async () => {
    client = await connect(pair.url, { 'x-APIKey': 'demo-admin' });
    await client.listTools();
  });
  afterAll(() => client.close());

  async function ask(tool: string, args: Values): Promise<Values> {
    const { isError, text, structured } = await client.call(tool, args);
    expect(isError, text).toBe(false);
    expect(tokens(text), text).toBeLessThanOrEqual(BUDGET);
    expect(JSON.parse(text)).toEqual(structured);
    return structured as Values;
  }

  /** Reads a list to its end, as its results say. */
  async function readAll(
    tool: string,
    rows: string,
    args: Values,
  ): Promise<{ ids: unknown[]; cuts: number }> {
    const ids: unknown[] = [];
    let cuts = 0;
    for (let next: Values | undefined = args; next; ) {
      const result = await ask(tool, next);
      ids.push(...(result[rows] as { id: unknown }[]).map(({ id }) => id));
      if (String(result.note).startsWith('Cut to fit')) cuts++;
      next = nextCall(next, result);
    }
    return { ids, cuts };
  }

  test('following the notes of a list with pages leads to each of its rows', async () => {
    const args = { detail: 'full', state__in: 'not_treated', update_date__gte: daysAgo(20), per_page: 100 };
    const { ids, cuts } = await readAll('search_reviews', 'reviews', args);
    const query = `state__in=not_treated&update_date__gte=${daysAgo(20)}T00:00:00&per_page=100`;
    const { reviews } = await partooSays<{ reviews: { id: number }[] }>(`/reviews?${query}`);
    expect(cuts).toBeGreaterThan(0);
    expect(new Set(ids)).toEqual(new Set(reviews.map(({ id }) => id)));
  });

  test('following the notes of a list with cursors leads to each of its rows', async () => {
    const { ids, cuts } = await readAll('list_conversations', 'conversations', { per_page: 100 });
    const { conversations } = await partooSays<{ conversations: { id: number }[] }>(
      '/conversations?per_page=100',
    );
    expect(cuts).toBeGreaterThan(0);
    expect(new Set(ids)).toEqual(new Set(conversations.map(({ id }) => id)));
  });

  test('a cut list says how many rows it shows, and has no next page that would skip some', async () => {
    const result = await ask('search_reviews', { detail: 'full', per_page: 100 });
    const shown = (result.reviews as unknown[]).length;
    expect(result).toMatchObject({ count: 1000, has_more: true });
    expect(result.note).toBe(
      `Cut to fit: ${shown} of the 100 rows of this page. To go on, call again with page 2 and per_page ${shown}. ` +
        'More rows fit with few columns in fields.',
    );
    expect(result).not.toHaveProperty('next_page');
  });

  test('counts that do not fit are left out, and the note says so', async () => {
    const { businesses } = await partooSays<{ businesses: { id: string }[] }>('/business/search?per_page=39');
    const args = { count_by: 'business', business__in: businesses.map(({ id }) => id) };
    const result = await ask('search_reviews', args);
    expect(result).not.toHaveProperty('counts');
    expect(result).toMatchObject({ count: expect.any(Number), has_more: false, reviews: [] });
    expect(result.note).toMatch(/^Counting took \d+ requests .* Cut to fit: .*, without counts\.$/);
  });

  test('a row that is too large alone has shortened texts', async () => {
    const huge = { id: 7, content: 'so good '.repeat(20_000) };
    answerNext({ reviews: [huge, { id: 8 }], page: 1, max_page: 1, count: 2 });
    const result = await ask('search_reviews', { detail: 'full' });
    expect(result.reviews).toEqual([
      { id: 7, content: expect.stringMatching(/^<\d{6}>so good .*<\/\d{6}>… \(\+\d+ characters\)$/) },
    ]);
    expect(result.note).toMatch(/1 of the 2 rows.*texts of this row are shortened.*page 2 and per_page 1\./);
  });

  test('an object loses its largest fields, and shows them when they are named', async () => {
    const business = { id: 'x', name: 'Shop', description_long: 'bread '.repeat(300), features: ['a'] };
    answerNext({ ...business, custom_fields: Array.from({ length: 400 }, (_, n) => ({ key: n })) });
    const result = await ask('get_business', { business_id: 'c-PAR/01' });
    expect(result).toMatchObject({ id: 'x', features: ['a'] });
    expect(result.note).toMatch(/^Cut to fit: 4 of 5 fields are shown, without custom_fields\./);
    answerNext({ ...business, description_long: 'bread '.repeat(2_000) });
    const less = await ask('get_business', { business_id: 'c-PAR/01' });
    expect(less.note).toContain('without description_long');
    answerNext(business);
    const named = await ask('get_business', { business_id: 'c-PAR/01', fields: 'description_long' });
    expect(named, 'and never shortened').toEqual({
      id: 'x',
      description_long: expect.stringContaining(business.description_long.trim()),
    });
  });
});

test('a result is valid and within the budget for any response of Partoo', async () => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 3_000, size: 'max' }),
    fc.string({
      unit: fc.constantFrom('好', 'a', '😀', ' ', '7', '<|endoftext|>'),
      maxLength: 4_000,
      size: 'max',
    }),
  );
  const row = fc.record({
    id: fc.nat(),
    content: text,
    author_name: text,
    tags: fc.array(fc.record({ label: text })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async reviews => {
      answerNext({ reviews, page: 3, max_page: 9, count: 170 });
      const result = await client.call('search_reviews', { detail: 'full', page: 3 });
      expect(result.isError, result.text).toBe(false);
      expect(tokens(result.text)).toBeLessThanOrEqual(BUDGET);
      expect(JSON.parse(result.text)).toEqual(result.structured);
      expect(result.structured?.reviews).not.toEqual([]);
    }),
    { numRuns: 60 },
  );
  await client.close();
});

test('a long text without a space is counted in linear time', async () => {
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  answerNext({ messages: [{ id: 1, content: '好'.repeat(300_000) }] });
  const result = await client.call('list_messages', { conversation_id: 1 });
  expect(tokens(result.text)).toBeLessThanOrEqual(BUDGET);
  await client.close();
});

function answerNext(body: unknown): void {
  pair.partoo.faults.add({ kind: 'status', status: 200, body });
}

async function partooSays<Body>(path: string): Promise<Body> {
  const response = await pair.partoo.app.inject({
    url: `/v2${path}`,
    headers: { 'x-APIKey': 'demo-admin' },
  });
  return response.json();
}

/** The next call, as a result describes it. */
function nextCall(args: Values, { has_more, next_page, next_cursor, note }: Values): Values | undefined {
  if (has_more !== true) return undefined;
  if (next_page !== undefined) return { ...args, page: next_page };
  if (next_cursor !== undefined) return { ...args, cursor: next_cursor };
  const [, page, perPage] = /page (\d+) and per_page (\d+)/.exec(String(note)) ?? [];
  if (page !== undefined) return { ...args, page: Number(page), per_page: Number(perPage) };
  const [, smaller] = /per_page (\d+) and (no|the same) cursor/.exec(String(note)) ?? [];
  expect(smaller, String(note)).toBeDefined();
  return { ...args, per_page: Number(smaller) };
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
