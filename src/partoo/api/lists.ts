import type { QueryValue } from '../requests/query.ts';
import type { PartooRequest } from '../requests/request.ts';
import { type CursorPage, type NumberedPage, readCursorPage, readNumberedPage } from '../responses/page.ts';

type Query = Record<string, QueryValue>;

/** Reads one page of a list that Partoo numbers; `list` is its name in the response. */
export const numberedPage = (path: string, list: string, query: Query): PartooRequest<NumberedPage> => ({
  method: 'GET',
  path,
  query,
  read: json => readNumberedPage(json, list),
});

/** Reads one page of a list that Partoo continues by cursor; `list` is its name in the response. */
export const cursorPage = (path: string, list: string, query: Query): PartooRequest<CursorPage> => ({
  method: 'GET',
  path,
  query,
  read: json => readCursorPage(json, list),
});
