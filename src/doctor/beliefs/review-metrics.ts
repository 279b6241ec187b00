import type { Partoo } from '../../partoo/partoo.ts';
import type { Build, Probe } from '../asking/probe.ts';
import type { Belief, Check, CodePlace } from '../checks/belief.ts';
import { rejects } from '../checks/errors.ts';
import { everyRow, hasFields, inside, rowsAskedFor, rowsIn } from '../checks/fields.ts';
import { byBusiness, FROM, since, until } from '../checks/figures.ts';
import { hasCounts, hasList, type Row, rowsWith, someRows } from '../checks/lists.ts';
import { accepts, pages, sorts } from '../checks/pages.ts';
import { confirmed, contradicted, NotTested, notTested } from '../model/verdict.ts';

const API = 'src/partoo/api/reviews/reviews.ts';
const TOOL = 'src/tools/reviews/get-review-metrics.ts';
type Query = Partial<Parameters<Partoo['reviews']['metrics']>[0]>;

const metrics =
  (query: Query = {}): Build =>
  partoo =>
    partoo.reviews.metrics({
      metrics: ['average_rating', 'reviews_count'],
      page: 1,
      per_page: 100,
      ...query,
    });

const BY_BUSINESS = metrics({ dimensions: ['business'] });
const BY_MONTH = metrics({ dimensions: ['month'] });
const distributions = metrics({
  dimensions: ['business'],
  metrics: ['rating_distribution', 'reply_time', 'reply_means'],
});
const ranked = metrics({
  dimensions: ['business'],
  metrics: ['average_rating', 'rank'],
  order_by: '-average_rating',
});

const metricsOf = ({ metrics }: Row) => (metrics ?? {}) as Record<string, unknown>;
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);

async function countIn(probe: Probe, query: Query): Promise<number> {
  const [row] = await rowsWith(probe, metrics({ ...query, metrics: ['reviews_count'] }), 'data');
  return numberOf(metricsOf(row ?? {}).reviews_count) ?? 0;
}

/** A filter by the value of a dimension, which counts fewer reviews if the rows of the dimension say so. */
const byDimension =
  (dimension: 'group' | 'tag', query: (id: number) => Query): Check =>
  async probe => {
    const rows = await someRows(
      probe,
      metrics({ dimensions: [dimension], metrics: ['reviews_count'] }),
      'data',
    );
    const known = rows
      .map(row => ({ id: Number(row.dimension), count: numberOf(metricsOf(row).reviews_count) ?? 0 }))
      .filter(({ id, count }) => Number.isInteger(id) && id > 0 && count > 0)
      .sort((a, b) => a.count - b.count);
    const [fewest] = known;
    const all = await countIn(probe, {});
    if (!fewest || fewest.count >= all) return notTested(`no data: no ${dimension} leaves reviews out`);
    const some = await countIn(probe, query(fewest.id));
    if (some === 0) return contradicted('it counts nothing, but reviews fit');
    return some < all ? confirmed() : contradicted('it counts as many reviews as without the filter');
  };

/** The share of five stars. */
function shareOfFive(row: Row): number | undefined {
  const stars = metricsOf(row).rating_distribution as Record<string, number> | undefined;
  const all = Object.values(stars ?? {}).reduce((sum, count) => sum + count, 0);
  return stars && all > 0 ? (stars[5] ?? 0) / all : undefined;
}

const sortedBy = (order: string, metric: string, keyOf: (row: Row) => number | undefined): Belief => ({
  id: `analytics.reviews.order.${metric}`,
  says: `order_by takes ${order}`,
  grade: 'D',
  code: `${TOOL}#${order}` as CodePlace,
  check: sorts(
    'data',
    {
      up: metrics({ dimensions: ['business'], metrics: [metric], order_by: order }),
      down: metrics({ dimensions: ['business'], metrics: [metric], order_by: `-${order}` }),
    },
    keyOf,
  ),
});

export const reviewMetrics: Belief[] = [
  {
    id: 'analytics.reviews.list',
    says: 'GET /review_analytics/metrics answers with a list data, also by business',
    grade: 'D',
    code: `${API}#/review_analytics/metrics`,
    check: hasList(BY_BUSINESS, 'data'),
  },
  {
    id: 'analytics.reviews.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(BY_BUSINESS, 'data', ['page', 'max_page', 'count']),
  },
  {
    id: 'analytics.reviews.row',
    says: 'a row has dimension, dimension_name, dimension_info and metrics',
    grade: 'D',
    code: `${TOOL}#dimension_info`,
    check: hasFields(rowsIn(BY_BUSINESS, 'data'), {
      dimension: 'text',
      dimension_name: 'text',
      dimension_info: 'object',
      metrics: 'object',
    }),
  },
  {
    id: 'analytics.reviews.metrics',
    says: 'average_rating and reviews_count are numbers',
    grade: 'D',
    code: `${TOOL}#average_rating`,
    check: hasFields(inside(rowsIn(BY_BUSINESS, 'data'), 'metrics'), {
      average_rating: 'number',
      reviews_count: 'integer',
    }),
  },
  {
    id: 'analytics.reviews.distribution',
    says: 'rating_distribution, reply_time and reply_means are objects',
    grade: 'D',
    code: `${TOOL}#rating_distribution`,
    check: hasFields(inside(rowsAskedFor(distributions, 'data'), 'metrics'), {
      rating_distribution: 'object',
      reply_time: 'object',
      reply_means: 'object',
    }),
  },
  {
    id: 'analytics.reviews.average_distribution',
    says: 'average_rating_distribution is a metric, an object',
    grade: 'D',
    code: `${TOOL}#average_rating_distribution`,
    check: hasFields(
      inside(
        rowsAskedFor(metrics({ dimensions: ['business'], metrics: ['average_rating_distribution'] }), 'data'),
        'metrics',
      ),
      { average_rating_distribution: 'object' },
    ),
  },
  {
    id: 'analytics.reviews.reply_time',
    says: 'reply_time has fast, slow, not_replied and total',
    grade: 'T',
    code: `${TOOL}#reply_time__total`,
    check: hasFields(inside(inside(rowsAskedFor(distributions, 'data'), 'metrics'), 'reply_time'), {
      fast: 'integer',
      slow: 'integer',
      not_replied: 'integer',
      total: 'integer',
    }),
  },
  {
    id: 'analytics.reviews.rank',
    says: 'rank, with order_by, is a number from 1',
    grade: 'D',
    code: `${TOOL}#'rank'`,
    check: everyRow(
      inside(rowsAskedFor(ranked, 'data'), 'metrics'),
      row => row.rank,
      value => Number.isInteger(value) && Number(value) >= 1,
      'a rank is no number from 1',
    ),
  },
  {
    id: 'analytics.reviews.rank.order',
    says: 'rank without order_by is refused',
    grade: 'D',
    code: `${TOOL}#is required with rank`,
    check: rejects(metrics({ dimensions: ['business'], metrics: ['rank'] })),
  },
  {
    id: 'analytics.reviews.tag.metrics',
    says: 'by tag, other metrics than average_rating, rating_distribution and reviews_count are refused',
    grade: 'D',
    code: `${TOOL}#BY_TAG`,
    check: rejects(metrics({ dimensions: ['tag'], metrics: ['reply_time'] })),
  },
  {
    id: 'analytics.reviews.info',
    says: 'dimension_info of a business has code, zipcode and city',
    grade: 'D',
    code: `${TOOL}#dimension_info.code`,
    check: hasFields(inside(rowsIn(BY_BUSINESS, 'data'), 'dimension_info'), {
      code: 'text',
      zipcode: 'text',
      city: 'text',
    }),
  },
  {
    id: 'analytics.reviews.total',
    says: 'without dimensions, one row comes, whose dimension is null',
    grade: 'D',
    code: `${TOOL}#one row for all`,
    check: async probe => {
      const rows = await rowsWith(probe, metrics(), 'data');
      if (rows.length === 0) throw new NotTested('no data: the list is empty');
      const isOne = rows.length === 1 && (rows[0]?.dimension ?? null) === null;
      return isOne ? confirmed() : contradicted('several rows come, or one with a dimension');
    },
  },
  {
    id: 'analytics.reviews.pages',
    says: 'page starts at 1, and page 2 goes on',
    grade: 'D',
    code: `${API}#'page'`,
    check: pages(
      'data',
      (page, per_page) => metrics({ dimensions: ['business'], page, per_page }),
      row => row.dimension,
    ),
  },
  {
    id: 'analytics.reviews.filter.business',
    says: 'business__in leaves only rows of these businesses',
    grade: 'D',
    code: `${API}#business__in`,
    check: byBusiness(
      'data',
      BY_BUSINESS,
      id => metrics({ dimensions: ['business'], business__in: [id] }),
      'dimension',
    ),
  },
  {
    id: 'analytics.reviews.filter.business.not',
    says: 'business__notin leaves out rows of these businesses',
    grade: 'D',
    code: `${API}#'business__notin'`,
    check: byBusiness(
      'data',
      BY_BUSINESS,
      id => metrics({ dimensions: ['business'], business__notin: [id] }),
      'dimension',
      (one, other) => one !== other,
    ),
  },
  {
    id: 'analytics.reviews.filter.groups',
    says: 'groups counts only reviews of businesses in these groups',
    grade: 'D',
    code: `${API}#groups?:`,
    check: byDimension('group', id => ({ groups: [id] })),
  },
  {
    id: 'analytics.reviews.filter.tags',
    says: 'tags counts only reviews with these tags',
    grade: 'D',
    code: `${API}#tags?:`,
    check: byDimension('tag', id => ({ tags: [id] })),
  },
  {
    id: 'analytics.reviews.filter.time',
    says: 'update_date__gte leaves out earlier months',
    grade: 'D',
    code: `${API}#update_date__gte`,
    check: since(
      'data',
      BY_MONTH,
      metrics({ dimensions: ['month'], update_date__gte: `${FROM}T00:00:00` }),
      'dimension',
      FROM,
    ),
  },
  {
    id: 'analytics.reviews.filter.time.until',
    says: 'update_date__lte leaves out later months',
    grade: 'T',
    code: `${API}#update_date__lte`,
    check: until(
      'data',
      BY_MONTH,
      metrics({ dimensions: ['month'], update_date__lte: `${FROM}T00:00:00` }),
      'dimension',
      FROM,
    ),
  },
  {
    id: 'analytics.reviews.order',
    says: 'order_by takes a metric, with - for the highest first',
    grade: 'D',
    code: `${API}#order_by`,
    check: sorts(
      'data',
      {
        up: metrics({ dimensions: ['business'], order_by: 'reviews_count' }),
        down: metrics({ dimensions: ['business'], order_by: '-reviews_count' }),
      },
      ({ metrics }) => {
        const count = (metrics as Record<string, unknown> | undefined)?.reviews_count;
        return typeof count === 'number' ? count : undefined;
      },
    ),
  },
  sortedBy('average_rating', 'average_rating', row => numberOf(metricsOf(row).average_rating)),
  sortedBy('reply_time__total', 'reply_time', row =>
    numberOf((metricsOf(row).reply_time as Row | undefined)?.total),
  ),
  sortedBy('ratio__rating_distribution__5', 'rating_distribution', shareOfFive),
  ...['day', 'week', 'year', 'group', 'tag', 'user'].map(
    (dimension): Belief => ({
      id: `analytics.reviews.dimension.${dimension}`,
      says: `dimensions=${dimension} is accepted`,
      grade: 'D',
      code: `${TOOL}#'${dimension}'` as CodePlace,
      check: accepts('data', metrics({ dimensions: [dimension] })),
    }),
  ),
];
