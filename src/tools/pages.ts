import * as z from 'zod';
import type { CursorPage, NumberedPage } from '../partoo/page.ts';
import { isObject } from './outputs.ts';

/** Partoo serves pages up to this one. */
const LAST_PAGE = 100;

const total = z.number().optional().describe('How many there are in all');
const hasMore = z.boolean().describe('Whether there is more after this');

/** The rows of a page. Always there: an empty list says that there is none. */
const pageRows = <Row extends z.ZodObject>(row: Row) =>
  z.preprocess(value => (Array.isArray(value) ? value.filter(isObject) : []), z.array(row));

/** The result of a list with numbered pages: how far it goes, how to go on, and the rows under their name. */
export function numberedList<Name extends string, Row extends z.ZodObject>(name: Name, row: Row) {
  return z.object({
    count: total,
    page: z.number().optional(),
    max_page: z.number().optional(),
    has_more: hasMore,
    next_page: z.number().optional().describe('The `page` to ask for next'),
    [name]: pageRows(row),
  });
}

export function toNumberedList(name: string, { rows, page, maxPage, count }: NumberedPage) {
  const hasMore = page !== undefined && maxPage !== undefined && page < maxPage;
  return {
    count,
    page,
    max_page: maxPage,
    has_more: hasMore,
    next_page: hasMore && page < LAST_PAGE ? page + 1 : undefined,
    [name]: rows,
  };
}

/** The result of a list that goes on by cursor. */
export function cursorList<Name extends string, Row extends z.ZodObject>(name: Name, row: Row) {
  return z.object({
    count: total,
    has_more: hasMore,
    next_cursor: z.string().optional().describe('The `cursor` to ask for next'),
    [name]: pageRows(row),
  });
}

export function toCursorList(name: string, { rows, count, nextCursor }: CursorPage) {
  return { count, has_more: nextCursor !== undefined, next_cursor: nextCursor, [name]: rows };
}
