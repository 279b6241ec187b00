import * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import type { CursorPage, NumberedPage } from '../../partoo/responses/page.ts';
import { text } from './outputs.ts';
import { readBy, readerOf } from './readers.ts';

/** Without a count, a model may take an empty list for a failure and ask again. */
const NO_MATCH = 'No row matches the filters.';
const NO_FURTHER = 'Partoo returns no further pages: narrow the filters.';

const total = z.number().optional().describe('Total');
const hasMore = z.boolean().describe('Whether more rows follow');

/** Always present: an empty list says that there are no rows. */
function pageRows<Row extends z.ZodObject>(row: Row) {
  const readRow = readerOf(row);
  return readBy(z.array(row), value => (Array.isArray(value) ? value.filter(isObject).map(readRow) : []));
}

/** The output of a list with numbered pages. */
export function numberedList<Name extends string, Row extends z.ZodObject>(name: Name, row: Row) {
  return z.object({
    count: total,
    page: z.number().optional(),
    max_page: z.number().optional(),
    has_more: hasMore,
    next_page: z.number().optional().describe('The next `page`'),
    note: z.string().optional(),
    [name]: pageRows(row),
  });
}

/** `lastPage`: the last page that Partoo serves, where it documents one. */
export function toNumberedList(
  name: string,
  found: NumberedPage,
  args: { page?: number; per_page?: number },
  lastPage = Number.POSITIVE_INFINITY,
) {
  const { rows, maxPage } = found;
  // The requested page wins over a differing one in the response, which could send the model in circles.
  const page = args.page ?? found.page ?? 1;
  const hasMore = hasNextPage(page, found, args.per_page);
  return {
    count: found.count,
    page: found.page,
    max_page: maxPage,
    has_more: hasMore,
    ...(hasMore && (page < lastPage ? { next_page: page + 1 } : { note: NO_FURTHER })),
    ...(rows.length === 0 && found.count === undefined && page === 1 && { note: NO_MATCH }),
    [name]: rows,
  };
}

/** True in doubt: an empty page costs a call, a missed page hides rows. */
function hasNextPage(page: number, { rows, maxPage, count }: NumberedPage, size?: number): boolean {
  if (maxPage !== undefined && maxPage >= 1) {
    // A count beyond a full last page contradicts max_page.
    const isFull = size !== undefined && rows.length >= size;
    return page < maxPage || (isFull && count !== undefined && page * size < count);
  }
  if (rows.length === 0) return false;
  if (count !== undefined) return page * (size ?? rows.length) < count;
  return size === undefined || rows.length >= size;
}

/** The output of a list with cursors. */
export function cursorList<Name extends string, Row extends z.ZodObject>(name: Name, row: Row) {
  return z.object({
    count: total,
    has_more: hasMore,
    next_cursor: text('page.next_cursor', 'The next `cursor`'),
    note: z.string().optional(),
    [name]: pageRows(row),
  });
}

/** Drops a next cursor that leads to the page just read, which would send the model in circles. */
export function toCursorList(name: string, { rows, count, ...page }: CursorPage, args: { cursor?: string }) {
  const nextCursor = page.nextCursor === args.cursor ? undefined : page.nextCursor;
  return { count, has_more: nextCursor !== undefined, next_cursor: nextCursor, [name]: rows };
}
