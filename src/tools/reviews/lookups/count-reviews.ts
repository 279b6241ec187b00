import { mapInBatches } from '../../../core/batches.ts';
import { CallError } from '../../../core/call-error.ts';
import { isObject } from '../../../core/is-object.ts';
import { EVERY_STATUS } from '../../../partoo/api/businesses.ts';
import type { ReviewQuery } from '../../../partoo/api/reviews/reviews.ts';
import type { Partoo } from '../../../partoo/partoo.ts';
import { businessName } from '../../businesses/shape/business-name.ts';
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
  business: businessName('review.counts'),
  count: out.number(),
});

/** Each costs a request of Partoo's limit. */
const MAX_BUSINESSES = 40;
const AT_ONCE = 4;

type Filters = Omit<ReviewQuery, 'page' | 'per_page' | 'order_by'>;

/** One value to count by: its row, and the filters that leave only its reviews. */
interface Value {
  row: Record<string, unknown>;
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

const PARTNERS = ['google_my_business', 'facebook', 'tripadvisor'];
const STATES = ['treated', 'not_treated', 'deleted'];
const STARS = ['5', '4', '3', '2', '1'];

const VALUES: Record<Exclude<Dimension, 'business'>, (filters: Filters) => Value[]> = {
  rating: ratingsOf,
  state: ({ state__in }) =>
    among(STATES, state__in).map(state => ({ row: { state }, filters: { state__in: [state] } })),
  partner: ({ partner__in }) =>
    among(PARTNERS, partner__in).map(partner => ({ row: { partner }, filters: { partner__in: [partner] } })),
};

/** A platform has ratings of its own. A filter by those of one platform leaves no reviews of the others. */
function ratingsOf({ partner__in, ...filters }: Filters): Value[] {
  const names = ['gmb_rating__in', 'tripadvisor_rating__in', 'recommended__in'] as const;
  const given = names.filter(name => filters[name] !== undefined);
  const values = (
    partner: string,
    name: (typeof names)[number],
    all: string[],
    row: (value: string) => Record<string, unknown>,
  ): Value[] => {
    if (!among([partner], partner__in).length || !among([name], given.length > 0 ? given : undefined).length)
      return [];
    return among(all, filters[name]).map(value => ({
      row: { partner, ...row(value) },
      filters: { partner__in: [partner], [name]: [value] },
    }));
  };
  const stars = (rating: string) => ({ rating: Number(rating) });
  return [
    ...values('google_my_business', 'gmb_rating__in', STARS, stars),
    ...values('tripadvisor', 'tripadvisor_rating__in', STARS, stars),
    ...values('facebook', 'recommended__in', ['true', 'false'], recommended => ({
      recommended: recommended === 'true',
    })),
  ];
}

/** The businesses asked for, or all that the key sees. */
async function businessesOf(
  { businesses }: Partoo,
  { business__in, business__notin }: Filters,
): Promise<Value[]> {
  const { rows, count = 0 } = await businesses.search({
    business__in,
    status: EVERY_STATUS,
    page: 1,
    per_page: 100,
  });
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
