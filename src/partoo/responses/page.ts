import { isObject } from '../../core/is-object.ts';

/** An answer lacks what a success has. The message continues "the answer". */
export class Incomplete extends Error {}

/** One page of a list that Partoo numbers: `{page, max_page, count, <list>}`. Pages start at 1. */
export interface NumberedPage {
  rows: unknown[];
  page?: number;
  maxPage?: number;
  count?: number;
}

/** One page of a list that Partoo continues by cursor: `{<list>, count, next_cursor}`. */
export interface CursorPage {
  rows: unknown[];
  count?: number;
  /** Absent on the last page. */
  nextCursor?: string;
}

export function readNumberedPage(json: unknown, list: string): NumberedPage {
  const envelope = readObject(json);
  return {
    rows: readRows(envelope, list),
    page: readNumber(envelope.page),
    maxPage: readNumber(envelope.max_page),
    count: readNumber(envelope.count),
  };
}

export function readCursorPage(json: unknown, list: string): CursorPage {
  const envelope = readObject(json);
  return {
    rows: readRows(envelope, list),
    count: readNumber(envelope.count),
    nextCursor: readCursor(envelope.next_cursor),
  };
}

/** Fields may be null or missing; an answer that is no object at all is no answer. */
export function readObject(json: unknown): Record<string, unknown> {
  if (isObject(json)) return json;
  throw new Incomplete('is no JSON object');
}

/** An answer without its list, or with one of something else, must not look like an empty one. With `count: 0` it says that there is nothing. */
function readRows(envelope: Record<string, unknown>, list: string): unknown[] {
  const rows = envelope[list];
  if (Array.isArray(rows) && (rows.length === 0 || rows.some(isObject))) return rows;
  if (rows === null && readNumber(envelope.count) === 0) return [];
  throw new Incomplete(`has no list of ${list}`);
}

/** A cursor is a text, or a number that stands for one. Anything else is none: asking for it again would begin anew. */
function readCursor(value: unknown): string | undefined {
  const cursor = typeof value === 'number' ? String(value) : value;
  return typeof cursor === 'string' && cursor.trim() !== '' ? cursor : undefined;
}

/** A number of rows or pages, or undefined: nothing can be concluded from -1 or 2.5. */
function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+(\.0+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
