import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../../data/state.ts';
import { businessScope, callerOf } from '../../http/access.ts';
import { pageOf, pageParams } from '../../http/pages.ts';
import { businessIds, dateTime, intList, listOf, orderBy, read } from '../../http/parameters.ts';
import { PERIODS, periodStart } from '../../model/dates.ts';
import { userOfId } from '../../model/keys.ts';
import type { Review } from '../../model/types.ts';
import { measure, REVIEW_METRICS } from './review-measures.ts';
import { sortBy } from './sort-rows.ts';

const DIMENSIONS = [...PERIODS, 'business', 'group', 'tag', 'user'] as const;
type Dimension = (typeof DIMENSIONS)[number];

const ORDER_KEYS = [
  'average_rating',
  'reviews_count',
  'rank',
  'reply_time__total',
  'ratio__rating_distribution__5',
] as const;
const WITH_TAGS: string[] = ['average_rating', 'rating_distribution', 'reviews_count'];

const metricsQuery = z
  .strictObject({
    metrics: listOf(REVIEW_METRICS),
    dimensions: listOf(DIMENSIONS).optional(),
    business__in: businessIds.optional(),
    business__notin: businessIds.optional(),
    groups: intList.optional(),
    tags: intList.optional(),
    update_date__gte: dateTime.optional(),
    update_date__lte: dateTime.optional(),
    order_by: orderBy(ORDER_KEYS).optional(),
    ...pageParams(100),
  })
  .refine(
    params => {
      const [key] = params.order_by?.replace('-', '').replace('ratio__', '').split('__') ?? [];
      return key === undefined || params.metrics.some(metric => metric === key);
    },
    { path: ['order_by'], message: 'Not one of the metrics asked for.' },
  )
  .refine(params => !params.metrics.includes('rank') || params.order_by !== undefined, {
    path: ['order_by'],
    message: 'Required with rank.',
  })
  .refine(
    params =>
      !params.dimensions?.includes('tag') || params.metrics.every(metric => WITH_TAGS.includes(metric)),
    { path: ['metrics'], message: 'Not available by tag.' },
  );

interface Cell {
  dimension: string;
  name: string;
}

export function reviewMetricRoutes(app: FastifyInstance, state: State): void {
  app.get('/review_analytics/metrics', async request => {
    const params = read(metricsQuery, request.query);
    const dimensions = params.dimensions ?? [];
    const scope = businessScope(state, callerOf(request), params.business__in);
    const reviews = state.reviews.filter(
      review =>
        scope.has(review.business_id) &&
        review.state !== 'deleted' &&
        !params.business__notin?.includes(review.business_id) &&
        (params.tags === undefined || review.tags.some(({ id }) => params.tags?.includes(id))) &&
        (params.groups === undefined || groupsOf(state, review).some(id => params.groups?.includes(id))) &&
        (params.update_date__gte === undefined || review.update_date >= params.update_date__gte) &&
        (params.update_date__lte === undefined || review.update_date <= params.update_date__lte),
    );
    const rows = [...rowsOf(state, reviews, dimensions).values()].map(({ cell, reviews, businessId }) => ({
      dimension: cell?.dimension ?? null,
      dimension_name: cell?.name ?? null,
      dimension_info: businessId ? infoOf(state, businessId) : null,
      metrics: measure(reviews, params.metrics),
    }));
    sortBy(rows, 'dimension_name', row => row.dimension_name);
    rankByRating(rows);
    if (params.order_by) sortBy(rows, params.order_by, (row, field) => orderValue(row.metrics, field));
    const { rows: data, ...page } = pageOf(rows, params);
    return { ...page, data };
  });
}

interface Row {
  cell: Cell | undefined;
  businessId: string | undefined;
  reviews: Review[];
}

/**
 * One row per value of the dimension. Partoo documents a single dimension; for several, values and names are joined by a
 * comma. A review with two tags or in two groups counts in both.
 */
function rowsOf(state: State, reviews: Review[], dimensions: readonly Dimension[]): Map<string, Row> {
  const rows = new Map<string, Row>();
  if (dimensions.length === 0) rows.set('', { cell: undefined, businessId: undefined, reviews: [] });
  for (const review of reviews) {
    for (const cell of combine(dimensions.map(dimension => cellsOf(state, review, dimension)))) {
      const row = rows.get(cell.dimension) ?? {
        cell: dimensions.length > 0 ? cell : undefined,
        businessId: dimensions.includes('business') ? review.business_id : undefined,
        reviews: [],
      };
      row.reviews.push(review);
      rows.set(cell.dimension, row);
    }
  }
  return rows;
}

/** `ratio__rating_distribution__5` is the share of five stars. */
function orderValue(metrics: Record<string, unknown>, field: string): unknown {
  const [name = '', part = ''] = field.replace('ratio__', '').split('__');
  const value = metrics[name];
  if (part === '') return value;
  const parts = value as Record<string, number>;
  const sum = Object.values(parts).reduce((total, each) => total + each, 0);
  return field.startsWith('ratio__') ? (parts[part] ?? 0) / Math.max(1, sum) : parts[part];
}

const groupsOf = (state: State, { business_id }: Review) =>
  state.businesses.find(({ id }) => id === business_id)?.groups ?? [];

function combine(lists: Cell[][]): Cell[] {
  return lists.reduce<Cell[]>(
    (left, right) =>
      left.flatMap(a =>
        right.map(b => ({
          dimension: a.dimension ? `${a.dimension},${b.dimension}` : b.dimension,
          name: a.name ? `${a.name}, ${b.name}` : b.name,
        })),
      ),
    [{ dimension: '', name: '' }],
  );
}

function cellsOf(state: State, review: Review, dimension: Dimension): Cell[] {
  const business = state.businesses.find(({ id }) => id === review.business_id);
  switch (dimension) {
    case 'business':
      return [{ dimension: review.business_id, name: business?.name ?? '' }];
    case 'group':
      return state.groups
        .filter(({ id }) => business?.groups.includes(id))
        .map(({ id, name }) => ({ dimension: String(id), name }));
    case 'user': {
      const user = userOfId(review.comments?.user_id ?? '');
      return user ? [{ dimension: user.id, name: `${user.first_name} ${user.last_name}` }] : [];
    }
    case 'tag':
      return review.tags.map(({ id, label }) => ({ dimension: String(id), name: label }));
    default: {
      const start = periodStart(review.update_date.slice(0, 10), dimension);
      return [{ dimension: start, name: start }];
    }
  }
}

function infoOf(state: State, businessId: string) {
  const business = state.businesses.find(({ id }) => id === businessId);
  if (!business) return null;
  const { address_full, city, zipcode, code } = business;
  return { address_full, city, zipcode, code };
}

/** Ranks the rows of one response. */
function rankByRating(rows: { metrics: Record<string, unknown> }[]): void {
  const ranked = rows.filter(row => 'rank' in row.metrics);
  sortBy(ranked, '-rank', row => row.metrics.rank);
  ranked.forEach((row, index) => {
    row.metrics.rank = index + 1;
  });
}
