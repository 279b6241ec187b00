import { mapInBatches } from '../../../core/batches.ts';
import { CallError } from '../../../core/call-error.ts';
import { isObject } from '../../../core/is-object.ts';
import { PARTNERS, type ReviewQuery, STATES } from '../../../partoo/api/reviews/reviews.ts';
import type { Partoo } from '../../../partoo/partoo.ts';
import * as out from '../../outputs/outputs.ts';

/** Counts of reviews, each read from the `count` of a page with one row. Partoo has no endpoint that counts by these. */

export const DIMENSIONS = ['rating', 'state', 'partner', 'business'] as const;
type Dimension = (typeof DIMENSIONS)[number];

export const COUNTS = out.rows({
  partner: out.text('review.counts.partner'),
  rating: out.number(),
  recommended: out.flag(),
  state: out.text('review.counts.state'),
  business_id: out.text('review.counts.business_id'),
  business: out.businessName('review.counts'),
  count: out.number(),
});

/** Each costs a request of Partoo's limit. */
const MAX_BUSINESSES = 40;
const AT_ONCE = 4;

type Filters = Omit<ReviewQuery, 'page' | 'per_page' | 'order_by'>;

type Values = Record<string, unknown>;

/** One value to count by: its row, and the filters that leave only its reviews. */
interface Value {
  row: Values;
  filters: Filters;
}

/** Returns the counts as a list without rows. Throws CallError. */
export async function countReviews(partoo: Partoo, dimension: Dimension, query: ReviewQuery) {
  const { page, per_page, order_by, ...filters } = query;
  const values = dimension === 'business' ? await businessesOf(partoo, filters) : VALUES[dimension](filters);
  const count = (narrowed: Filters) => countOf(partoo, { ...filters, ...narrowed });
  const total = await count({});
  const counts = await mapInBatches(values, AT_ONCE, async ({ row, filters }) => ({
    ...row,
    count: await count(filters),
  }));
  const requests = 1 + values.length + (dimension === 'business' ? 1 : 0);
  return {
    count: total,
    has_more: false,
    note: `Counting took ${requests} requests of Partoo's limit per minute.${NOTES[dimension] ?? ''}`,
    counts: counts.filter(({ count }) => count !== 0),
    reviews: [],
  };
}

/** A count that is missing must not look like none. */
async function countOf({ reviews }: Partoo, query: ReviewQuery): Promise<number> {
  const { count } = await reviews.search({ ...query, page: 1, per_page: 1 });
  if (count !== undefined) return count;
  const problems = ["Partoo's response has no count"];
  throw new CallError('partoo_unavailable', 'Partoo gave no count', { problems });
}

const NOTES: Partial<Record<Dimension, string>> = {
  rating: ' Reviews without stars are only in `count`. Values with no review are left out.',
  business: ' Businesses with no review are left out.',
};

/** The values that the caller's own filter leaves. */
const among = <Item>(values: readonly Item[], filter: readonly Item[] | undefined) =>
  values.filter(value => filter?.includes(value) ?? true);

const VALUES: Record<Exclude<Dimension, 'business'>, (filters: Filters) => Value[]> = {
  rating: ratingsOf,
  state: ({ state__in }) =>
    among(STATES, state__in).map(state => ({ row: { state }, filters: { state__in: [state] } })),
  partner: ({ partner__in }) =>
    among(PARTNERS, partner__in).map(partner => ({ row: { partner }, filters: { partner__in: [partner] } })),
};

const STARS = {
  values: ['5', '4', '3', '2', '1'],
  toRow: (value: string): Values => ({ rating: Number(value) }),
};
const RECOMMENDED = {
  values: ['true', 'false'],
  toRow: (value: string): Values => ({ recommended: value === 'true' }),
};
/** Each platform has ratings of its own. */
const RATINGS = [
  { partner: 'google_my_business', filter: 'gmb_rating__in', ...STARS },
  { partner: 'tripadvisor', filter: 'tripadvisor_rating__in', ...STARS },
  { partner: 'facebook', filter: 'recommended__in', ...RECOMMENDED },
] as const;

/** A filter by the ratings of one platform leaves no reviews of the others. */
function ratingsOf(filters: Filters): Value[] {
  const filtered = RATINGS.filter(({ filter }) => filters[filter] !== undefined);
  return (filtered.length > 0 ? filtered : RATINGS)
    .filter(({ partner }) => filters.partner__in?.includes(partner) ?? true)
    .flatMap(({ partner, filter, values, toRow }) =>
      among(values, filters[filter]).map(value => ({
        row: { partner, ...toRow(value) },
        filters: { partner__in: [partner], [filter]: [value] },
      })),
    );
}

/** The businesses asked for, or all that the key sees. */
async function businessesOf(
  { businesses }: Partoo,
  { business__in, business__notin }: Filters,
): Promise<Value[]> {
  const { rows, count = 0 } = await businesses.ofAnyStatus(business__in);
  const found = rows.filter(isObject).filter(({ id }) => !business__notin?.includes(String(id)));
  if (found.length > MAX_BUSINESSES || count > rows.length) {
    throw new CallError('invalid_input', 'too many businesses to count', {
      problems: [
        `count_by: ${Math.max(count, found.length)} businesses are more than ${MAX_BUSINESSES}; narrow business__in, or use get_review_metrics by business`,
      ],
    });
  }
  return found.map(({ id, code, name }) => ({
    row: { business_id: id, business: { code, name } },
    filters: { business__in: [String(id)], business__notin: undefined },
  }));
}
