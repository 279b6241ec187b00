import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { limitTokens, truncate } from '../../../src/mcp/responses/token-budget.ts';
import { getBusiness } from '../../../src/tools/businesses/get-business.ts';
import { searchBusinesses } from '../../../src/tools/businesses/search-businesses.ts';
import { listMessages } from '../../../src/tools/messages/list-messages.ts';
import { sendMessage } from '../../../src/tools/messages/send-message.ts';
import { listReviewReplyTemplates } from '../../../src/tools/reviews/list-review-reply-templates.ts';
import { delimit } from '../../../src/tools/untrusted-text/delimiters.ts';

/** The notes of truncated results. token-budget.test.ts follows them over HTTP. */

type Values = Record<string, unknown>;

/** Rows of some 110 tokens: eight of them fit into 1,000. */
const rows = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id, name: delimit('bread '.repeat(100)) }));
const cut = (found: Values, args: Values = {}) => truncate(searchBusinesses, args, found, 1_000);

test('delimiters count, even where they are most of a result', async () => {
  const found = { id: 'x', list: Array.from({ length: 118 }, () => delimit('a')) };
  const text = await limitTokens(1_000, getBusiness, {}, found);
  expect(countTokens(text)).toBeLessThanOrEqual(1_000);
});

describe('a truncated list with pages', () => {
  test('continues with pages of the size of what was shown', async () => {
    const { businesses, note, ...more } = await cut({
      count: 90,
      has_more: true,
      next_page: 2,
      max_page: 9,
      businesses: rows(10),
    });
    const shown = (businesses as []).length;
    expect(note).toMatch(
      new RegExp(`^Cut to fit: ${shown} of the 10 rows.* with page 2 and per_page ${shown}\\.`),
    );
    expect(more, 'and nothing that holds for another size').toEqual({ count: 90, has_more: true });
  });

  test('continues from a later page after the rows seen, or says which rows are repeated', async () => {
    const found = { count: 90, has_more: true, next_page: 4, businesses: rows(10) };
    const { businesses, note } = await cut(found, { page: 3 });
    const seen = 20 + (businesses as []).length;
    const [, page, size, again = '0'] =
      /page (\d+) and per_page (\d+)\.(?: You have its first (?:(\d+) rows|row) already)?/.exec(
        String(note),
      ) ?? [];
    expect((Number(page) - 1) * Number(size) + Number(again)).toBe(seen);
  });

  test('continues from a shorter last page without a gap', async () => {
    const { note, businesses } = await cut({ count: 29, has_more: false, businesses: rows(9) }, { page: 3 });
    const seen = 20 + (businesses as []).length;
    const [, page, size] = /page (\d+) and per_page (\d+)/.exec(String(note)) ?? [];
    expect((Number(page) - 1) * Number(size)).toBeLessThanOrEqual(seen);
    expect(Number(page) * Number(size)).toBeGreaterThan(seen);
  });

  test('says to narrow the filters where Partoo decides the size of a page', async () => {
    const found = { count: 30, has_more: false, reply_templates: rows(30) };
    const { note } = await truncate(listReviewReplyTemplates, {}, found, 1_000);
    expect(note).toMatch(/^Cut to fit: \d of the 30 rows of this page\. To go on, narrow the filters\.$/);
  });

  test('says to narrow the filters past the last page that Partoo serves', async () => {
    const { note } = await cut({ count: 9_000, has_more: true, businesses: rows(10) }, { page: 60 });
    expect(note).toMatch(/To go on, narrow the filters/);
  });

  test('shows a row that texts cannot shorten by its id only', async () => {
    const groups = Array.from({ length: 3_000 }, (_, n) => n);
    const result = await cut({ has_more: false, count: 1, businesses: [{ id: 'x', groups }] });
    expect(result).toMatchObject({
      businesses: [{ id: 'x' }],
      note: 'Cut to fit. This row is too large to show.',
    });
  });

  test('shortens texts in lists inside a row', async () => {
    const tags = [{ label: delimit('bread '.repeat(2_000)) }];
    const { businesses, note } = await cut({ has_more: false, count: 1, businesses: [{ id: 'x', tags }] });
    expect(JSON.stringify(businesses)).toMatch(/characters\)"/);
    expect(note).toBe('Cut to fit. The texts of this row are shortened.');
  });

  test('keeps the note that the list had', async () => {
    const businesses = [{ id: 'x', name: delimit('bread '.repeat(2_000)) }];
    const { note } = await cut({ has_more: true, note: 'Partoo serves no further page.', businesses });
    expect(note).toBe('Cut to fit. The texts of this row are shortened. Partoo serves no further page.');
  });
});

test.each([
  [{}, 'no cursor'],
  [{ cursor: 'abc' }, 'the same cursor'],
])('a truncated list with cursors continues with a smaller page: %j', async (args, cursor) => {
  const found = { has_more: true, next_cursor: 'def', messages: rows(10) };
  const { note, next_cursor } = await truncate(listMessages, args, found, 1_000);
  expect(note).toMatch(new RegExp(`per_page \\d+ and ${cursor}:`));
  expect(next_cursor).toBeUndefined();
});

describe('a truncated object', () => {
  test('names at most five missing fields, and none by a name that a third party may have written', async () => {
    const fields = Array.from({ length: 400 }, (_, n) => [`${'long '.repeat(50)}${n}`, 'x'.repeat(50)]);
    const { note } = await truncate(getBusiness, {}, { id: 'x', ...Object.fromEntries(fields) }, 1_000);
    expect(note).toMatch(/^Cut to fit: \d+ of 401 fields are shown, without \d+ more\.$/);
  });

  test('of a hundred thousand fields is truncated in linear time', async () => {
    const fields = Array.from({ length: 100_000 }, (_, n) => [`f${n}`, n]);
    const { note } = await truncate(getBusiness, {}, Object.fromEntries(fields), 1_000);
    expect(note).toMatch(/of 100000 fields/);
  });

  test('keeps the note and status of a write', async () => {
    const found = {
      message_id: 7,
      repeated: true,
      note: 'Nothing was sent again.',
      message: 'x '.repeat(3_000),
    };
    expect(await truncate(sendMessage, {}, found, 1_000)).toEqual({
      message_id: 7,
      repeated: true,
      note: 'Nothing was sent again. Cut to fit: 3 of 4 fields are shown, without message.',
    });
  });
});
