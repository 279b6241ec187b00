import * as z from 'zod';
import { type CursorPage, isObject, type NumberedPage } from '../partoo/page.ts';
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

/**
 * `asked` is the call's `page`, for an answer that does not say which page it is; `lastPage` the last one Partoo
 * serves, where it documents one.
 */
export function toNumberedList(
  name: string,
  found: NumberedPage,
  asked = 1,
  lastPage = Number.POSITIVE_INFINITY,
) {
  const { rows, page = asked, maxPage, count = 0 } = found;
  // Without max_page the total says it; a last page too many costs a call, one too few would hide rows.
  const hasMore = maxPage === undefined ? rows.length > 0 && page * rows.length < count : page < maxPage;
  return {
    count: found.count,
    page: found.page,
    max_page: maxPage,
    has_more: hasMore,
    ...(hasMore && (page < lastPage ? { next_page: page + 1 } : { note: NO_FURTHER })),
    [name]: rows,
  };
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

export function toCursorList(name: string, { rows, count, nextCursor }: CursorPage) {
  return { count, has_more: nextCursor !== undefined, next_cursor: nextCursor, [name]: rows };
}
