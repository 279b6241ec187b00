import { isObject } from '../../../core/is-object.ts';
import type { Partoo } from '../../../partoo/partoo.ts';

type Values = Record<string, unknown>;

/** Each page costs a request of the rate limit. */
const MAX_PAGES = 3;

/**
 * Partoo cannot return a single review: searches those in one state, the latest first. Undefined if it is not among the first
 * pages, which does not mean that it is not there. Throws CallError.
 */
export async function findReview(
  { reviews }: Partoo,
  state: string,
  isIt: (review: Values) => boolean,
): Promise<Values | undefined> {
  for (let page = 1; page <= MAX_PAGES; page++) {
    const query = { state__in: [state], order_by: '-update_date', page, per_page: 100 };
    const { rows, maxPage = 1 } = await reviews.search(query);
    const review = rows.filter(isObject).find(isIt);
    if (review || page >= maxPage) return review;
  }
  return undefined;
}
