import { isObject } from '../../core/is-object.ts';
import type { NumberedPage } from '../../partoo/responses/page.ts';

type Row = Record<string, unknown>;

/** Each page costs a request of the rate limit. */
const MAX_PAGES = 3;

/**
 * Looks in the pages of a list for a row that Partoo has no request for. Undefined if it is not on the first pages, which does
 * not mean that it does not exist. Throws CallError.
 */
export async function findRow(
  readPage: (page: { page: number; per_page: number }) => Promise<NumberedPage>,
  isIt: (row: Row) => boolean,
): Promise<Row | undefined> {
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { rows, maxPage = 1 } = await readPage({ page, per_page: 100 });
    const row = rows.filter(isObject).find(isIt);
    if (row || page >= maxPage) return row;
  }
  return undefined;
}
