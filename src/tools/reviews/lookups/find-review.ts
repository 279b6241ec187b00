import type { Partoo } from '../../../partoo/partoo.ts';
import { findRow } from '../../definition/find-row.ts';

/** Finds a review among those in one state, the latest first: see findRow. */
export const findReview = (
  { reviews }: Partoo,
  state: string,
  isIt: (review: Record<string, unknown>) => boolean,
) => findRow(page => reviews.search({ state__in: [state], order_by: '-update_date', ...page }), isIt);
