import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { businessScope, callerOf } from '../access.ts';
import { PERIODS, periodStart } from '../dates.ts';
import type { Review } from '../model.ts';
import { pageOf, pageParams } from '../pages.ts';
import { businessIds, dateTime, listOf, orderBy, read } from '../query.ts';
import { measure, REVIEW_METRICS } from '../review-measures.ts';
import { sortBy } from '../rows.ts';
import type { State } from '../state.ts';

const DIMENSIONS = [...PERIODS, 'business', 'group', 'tag'] as const;
type Dimension = (typeof DIMENSIONS)[number];

const metricsQuery = z
  .strictObject({
    metrics: listOf(REVIEW_METRICS),
    dimensions: listOf(DIMENSIONS).optional(),
    business__in: businessIds.optional(),
    update_date__gte: dateTime.optional(),
    update_date__lte: dateTime.optional(),
    order_by: orderBy(['average_rating', 'reviews_count', 'rank']).optional(),
    ...pageParams(100),
  })
  .refine(
    asked => !asked.order_by || asked.metrics.some(metric => metric === asked.order_by?.replace('-', '')),
    {
      path: ['order_by'],
      message: 'Not one of the metrics asked for.',
    },
  );

interface Cell {
  dimension: string;
  name: string;
}

export function reviewMetricRoutes(app: FastifyInstance, state: State): void {
  app.get('/review_analytics/metrics', async request => {
    const asked = read(metricsQuery, request.query);
    const dimensions = asked.dimensions ?? [];
    const scope = businessScope(state, callerOf(request), asked.business__in);
    const reviews = state.reviews.filter(
      review =>
        scope.has(review.business_id) &&
        review.state !== 'deleted' &&
        (asked.update_date__gte === undefined || review.update_date >= asked.update_date__gte) &&
        (asked.update_date__lte === undefined || review.update_date <= asked.update_date__lte),
    );
    const rows = [...rowsOf(state, reviews, dimensions).values()].map(({ cell, reviews, businessId }) => ({
      dimension: cell?.dimension ?? null,
      dimension_name: cell?.name ?? null,
      dimension_info: businessId ? infoOf(state, businessId) : null,
      metrics: measure(reviews, asked.metrics),
    }));
    sortBy(rows, 'dimension_name', row => row.dimension_name);
    rankByRating(rows);
    if (asked.order_by) sortBy(rows, asked.order_by, (row, field) => row.metrics[field]);
    const { rows: data, ...page } = pageOf(rows, asked);
    return { ...page, data };
  });
}

interface Row {
  cell: Cell | undefined;
  businessId: string | undefined;
  reviews: Review[];
}

/**
 * One row a value of the dimension. The documentation shows one dimension; of several, the values and
 * names are joined by a comma. A review with two tags or in two groups counts in both.
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

/** The rank of a row is among the rows of the same answer. */
function rankByRating(rows: { metrics: Record<string, unknown> }[]): void {
  const ranked = rows.filter(row => 'rank' in row.metrics);
  sortBy(ranked, '-rank', row => row.metrics.rank);
  ranked.forEach((row, index) => {
    row.metrics.rank = index + 1;
  });
}
