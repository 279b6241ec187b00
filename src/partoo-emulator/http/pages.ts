import { badRequest } from './errors.ts';
import { integer, text } from './parameters.ts';

/** Only business search documents a highest page. */
export const pageParams = (maxPerPage: number, maxPage: number = Number.MAX_SAFE_INTEGER) => ({
  page: integer(1, maxPage).optional(),
  per_page: integer(1, maxPerPage).optional(),
});

export function pageOf<T>(all: readonly T[], params: { page?: number; per_page?: number }, perPage = 30) {
  const size = params.per_page ?? perPage;
  const page = params.page ?? 1;
  return {
    page,
    max_page: Math.max(1, Math.ceil(all.length / size)),
    count: all.length,
    rows: all.slice((page - 1) * size, page * size),
  };
}

export const cursorParams = { cursor: text.optional(), per_page: integer(1, 100).optional() };

/**
 * Rows newest first. The cursor contains the date of the last row rather than its position: rows that arrive between two
 * pages neither repeat a row nor hide one.
 */
export function cursorPageOf<T extends { id: number }>(
  all: readonly T[],
  params: { cursor?: string; per_page?: number },
  dateOf: (row: T) => string,
) {
  const keyOf = (row: T) => `${dateOf(row)}#${String(row.id).padStart(12, '0')}`;
  const before = params.cursor === undefined ? undefined : decodeCursor(params.cursor);
  const left = all
    .map(row => ({ row, key: keyOf(row) }))
    .filter(({ key }) => before === undefined || key < before)
    .sort((a, b) => (a.key < b.key ? 1 : -1));
  const given = left.slice(0, params.per_page ?? 30);
  const last = given.at(-1);
  const more = last !== undefined && given.length < left.length;
  return {
    rows: given.map(({ row }) => row),
    count: all.length,
    next_cursor: more ? Buffer.from(last.key).toString('base64url') : null,
  };
}

function decodeCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{4}-.*#\d{12}$/.test(key)) throw badRequest({ cursor: 'Not a valid cursor.' });
  return key;
}
