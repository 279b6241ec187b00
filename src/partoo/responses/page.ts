import { isObject } from '../../core/is-object.ts';

/** Thrown for a response without what a success contains. The message continues "the response". */
export class Incomplete extends Error {}

/** A page of a numbered list: `{page, max_page, count, <list>}`. Pages start at 1. */
export interface NumberedPage {
  rows: unknown[];
  page?: number;
  maxPage?: number;
  count?: number;
}

/** A page of a list with cursors: `{<list>, count, next_cursor}`. */
export interface CursorPage {
  rows: unknown[];
  count?: number;
  /** Absent on the last page. */
  nextCursor?: string;
}

/** @throws Incomplete */
export function readNumberedPage(json: unknown, list: string): NumberedPage {
  const envelope = readObject(json);
  return {
    rows: readRows(envelope, list),
    page: readNumber(envelope.page),
    maxPage: readNumber(envelope.max_page),
    count: readNumber(envelope.count),
  };
}

/** @throws Incomplete */
export function readCursorPage(json: unknown, list: string): CursorPage {
  const envelope = readObject(json);
  return {
    rows: readRows(envelope, list),
    count: readNumber(envelope.count),
    nextCursor: readCursor(envelope.next_cursor),
  };
}

/** @throws Incomplete */
export function readObject(json: unknown): Record<string, unknown> {
  if (isObject(json)) return json;
  throw new Incomplete('is no JSON object');
}

/** A missing list, or a list of anything but objects, must not look like an empty one. */
function readRows(envelope: Record<string, unknown>, list: string): unknown[] {
  const rows = envelope[list];
  if (Array.isArray(rows) && (rows.length === 0 || rows.some(isObject))) return rows;
  if (rows === null && readNumber(envelope.count) === 0) return [];
  throw new Incomplete(`has no list of ${list}`);
}

/** Passing on anything but a text or a number would start the list again. */
function readCursor(value: unknown): string | undefined {
  const cursor = typeof value === 'number' ? String(value) : value;
  return typeof cursor === 'string' && cursor.trim() !== '' ? cursor : undefined;
}

/** A number of rows or pages. Nothing can be concluded from -1 or 2.5. */
function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+(\.0+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
