import * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import type { CursorPage, NumberedPage } from '../../partoo/responses/page.ts';
import { text } from './outputs.ts';
import { readBy, readerOf } from './reading.ts';

const NO_FURTHER = 'Partoo serves no further page: narrow the filters.';

const total = z.number().optional().describe('How many there are in all');
const hasMore = z.boolean().describe('Whether there is more after this');

/** The rows of a page. Always there: an empty list says that there is none. */
function pageRows<Row extends z.ZodObject>(row: Row) {
  const objectsOf = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);
  const readRow = readerOf(row);
  return readBy(z.preprocess(objectsOf, z.array(row)), value => objectsOf(value).map(readRow));
}

/** The result of a list with numbered pages: how far it goes, how to go on, and the rows under their name. */
export function numberedList<Name extends string, Row extends z.ZodObject>(name: Name, row: Row) {
  return z.object({
    count: total,
    page: z.number().optional(),
    max_page: z.number().optional(),
    has_more: hasMore,
    next_page: z.number().optional().describe('The `page` to ask for next'),
    note: z.string().optional(),
    [name]: pageRows(row),
  });
}

interface Asked {
  page?: number;
  per_page?: number;
}

/** `asked` are the call's arguments; `lastPage` is the last page Partoo serves, where it documents one. */
export function toNumberedList(
  name: string,
  found: NumberedPage,
  asked: Asked,
  lastPage = Number.POSITIVE_INFINITY,
) {
  const { rows, maxPage } = found;
  // What was asked for wins: a page number of another count would lead round in circles.
  const page = asked.page ?? found.page ?? 1;
  const hasMore = isFollowed(page, found, asked.per_page);
  return {
    count: found.count,
    page: found.page,
    max_page: maxPage,
    has_more: hasMore,
    ...(hasMore && (page < lastPage ? { next_page: page + 1 } : { note: NO_FURTHER })),
    [name]: rows,
  };
}

/** Whether there are more rows. Where Partoo does not say, there may be: a page too many costs a call, one too few hides rows. */
function isFollowed(page: number, { rows, maxPage, count }: NumberedPage, size?: number): boolean {
  if (maxPage !== undefined && maxPage >= 1) {
    // A total beyond a last page that is full contradicts it.
    const isFull = size !== undefined && rows.length >= size;
    return page < maxPage || (isFull && count !== undefined && page * size < count);
  }
  if (rows.length === 0) return false;
  if (count !== undefined) return page * (size ?? rows.length) < count;
  return size === undefined || rows.length >= size;
}

/** The result of a list that goes on by cursor. */
export function cursorList<Name extends string, Row extends z.ZodObject>(name: Name, row: Row) {
  return z.object({
    count: total,
    has_more: hasMore,
    next_cursor: text('next_cursor', 'The `cursor` to ask for next'),
    note: z.string().optional(),
    [name]: pageRows(row),
  });
}

/** `asked` are the call's arguments: a cursor that leads to the page just read would lead round in circles. */
export function toCursorList(name: string, { rows, count, ...page }: CursorPage, asked: { cursor?: string }) {
  const nextCursor = page.nextCursor === asked.cursor ? undefined : page.nextCursor;
  return { count, has_more: nextCursor !== undefined, next_cursor: nextCursor, [name]: rows };
}
