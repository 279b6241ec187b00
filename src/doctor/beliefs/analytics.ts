import type { Partoo } from '../../partoo/partoo.ts';
import type { Build, Probe } from '../asking/probe.ts';
import type { Belief } from '../checks/belief.ts';
import { hasFields, inside, rowsIn } from '../checks/fields.ts';
import { narrows } from '../checks/filters.ts';
import { hasCounts, hasList, someRows } from '../checks/lists.ts';
import { accepts, sorts } from '../checks/pages.ts';
import { NotTested } from '../model/verdict.ts';
import { EVERY_BUSINESS } from './businesses.ts';

const API = 'src/partoo/api/presence-analytics.ts';
type ReviewQuery = Partial<Parameters<Partoo['reviews']['metrics']>[0]>;
type ProfileQuery = Partial<Parameters<Partoo['presenceAnalytics']['metrics']>[0]>;

const reviewMetrics =
  (query: ReviewQuery = {}): Build =>
  partoo =>
    partoo.reviews.metrics({
      metrics: ['average_rating', 'reviews_count'],
      page: 1,
      per_page: 100,
      ...query,
    });
const profile =
  (query: ProfileQuery = {}): Build =>
  partoo =>
    partoo.presenceAnalytics.metrics({ metrics: ['call_clicks'], page: 1, per_page: 500, ...query });
const keywords =
  (query: Partial<Parameters<Partoo['presenceAnalytics']['keywords']>[0]> = {}): Build =>
  partoo =>
    partoo.presenceAnalytics.keywords({ metrics: ['count', 'threshold'], page: 1, per_page: 500, ...query });

const REVIEWS_BY_BUSINESS = reviewMetrics({ dimensions: ['business'] });
const PROFILE_BY_BUSINESS = profile({ dimensions: ['business'] });
const PROFILE_BY_MONTH = profile({ dimensions: ['month'] });
const KEYWORDS_BY_BUSINESS = keywords({ dimensions: ['business'] });
const distribution = reviewMetrics({
  dimensions: ['business'],
  metrics: ['rating_distribution', 'reply_time', 'reply_means'],
});

/** The id that a row of a list is about. */
async function idIn(probe: Probe, build: Build, list: string, field: string): Promise<string> {
  const ids = (await someRows(probe, build, list)).map(row => row[field]);
  const id = ids.find(value => typeof value === 'string' && /^[0-9a-f]{24}$/.test(value));
  if (id === undefined) throw new NotTested(`no row of ${list} has ${field}`);
  return String(id);
}

const byBusiness = (list: string, all: Build, some: (id: string) => Build, field: string) =>
  narrows(async probe => {
    const id = await idIn(probe, all, list, field);
    return { list, all, some: some(id), fits: row => row[field] === id };
  });

const since = (list: string, all: Build, some: Build, field: string, from: string) =>
  narrows({ list, all, some, fits: row => String(row[field]).slice(0, 7) >= from.slice(0, 7) });

/** Half a year ago, on the first of a month. */
const now = new Date();
const FROM = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 6, 1)).toISOString().slice(0, 10);

export const analytics: Belief[] = [
  {
    id: 'analytics.reviews.list',
    says: 'GET /review_analytics/metrics answers with a list data, also by business',
    grade: 'D',
    code: 'src/partoo/api/reviews/reviews.ts#/review_analytics/metrics',
    check: hasList(REVIEWS_BY_BUSINESS, 'data'),
  },
  {
    id: 'analytics.reviews.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(REVIEWS_BY_BUSINESS, 'data', ['page', 'max_page', 'count']),
  },
  {
    id: 'analytics.reviews.row',
    says: 'a row has dimension, dimension_name, dimension_info and metrics',
    grade: 'D',
    code: 'src/tools/reviews/get-review-metrics.ts#dimension_info',
    check: hasFields(rowsIn(REVIEWS_BY_BUSINESS, 'data'), {
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
    code: 'src/tools/reviews/get-review-metrics.ts#average_rating',
    check: hasFields(inside(rowsIn(REVIEWS_BY_BUSINESS, 'data'), 'metrics'), {
      average_rating: 'number',
      reviews_count: 'integer',
    }),
  },
  {
    id: 'analytics.reviews.distribution',
    says: 'rating_distribution, reply_time and reply_means are objects',
    grade: 'D',
    code: 'src/tools/reviews/get-review-metrics.ts#rating_distribution',
    check: hasFields(inside(rowsIn(distribution, 'data'), 'metrics'), {
      rating_distribution: 'object',
      reply_time: 'object',
      reply_means: 'object',
    }),
  },
  {
    id: 'analytics.reviews.filter.business',
    says: 'business__in leaves only rows of these businesses',
    grade: 'D',
    code: 'src/partoo/api/reviews/reviews.ts#business__in',
    check: byBusiness(
      'data',
      REVIEWS_BY_BUSINESS,
      id => reviewMetrics({ dimensions: ['business'], business__in: [id] }),
      'dimension',
    ),
  },
  {
    id: 'analytics.reviews.filter.time',
    says: 'update_date__gte leaves out earlier months',
    grade: 'D',
    code: 'src/partoo/api/reviews/reviews.ts#update_date__gte',
    check: since(
      'data',
      reviewMetrics({ dimensions: ['month'] }),
      reviewMetrics({ dimensions: ['month'], update_date__gte: `${FROM}T00:00:00` }),
      'dimension',
      FROM,
    ),
  },
  {
    id: 'analytics.reviews.order',
    says: 'order_by takes a metric, with - for the highest first',
    grade: 'D',
    code: 'src/partoo/api/reviews/reviews.ts#order_by',
    check: sorts(
      'data',
      {
        up: reviewMetrics({ dimensions: ['business'], order_by: 'reviews_count' }),
        down: reviewMetrics({ dimensions: ['business'], order_by: '-reviews_count' }),
      },
      ({ metrics }) => {
        const count = (metrics as Record<string, unknown> | undefined)?.reviews_count;
        return typeof count === 'number' ? count : undefined;
      },
    ),
  },
  ...['day', 'week', 'year', 'group', 'tag', 'user'].map(
    (dimension): Belief => ({
      id: `analytics.reviews.dimension.${dimension}`,
      says: `dimensions=${dimension} is accepted`,
      grade: 'D',
      code: `src/tools/reviews/get-review-metrics.ts#'${dimension}'`,
      check: accepts('data', reviewMetrics({ dimensions: [dimension] })),
    }),
  ),
  {
    id: 'analytics.profile.list',
    says: 'GET /presence_analytics/metrics answers with a list metrics, also by business; per_page may be 500',
    grade: 'T',
    code: `${API}#'/presence_analytics/metrics', 'metrics'`,
    check: hasList(PROFILE_BY_BUSINESS, 'metrics'),
  },
  {
    id: 'analytics.profile.row',
    says: 'a row by business has business_id and the metric, side by side',
    grade: 'T',
    code: 'src/tools/analytics/get-profile-metrics.ts#business_id',
    check: hasFields(rowsIn(PROFILE_BY_BUSINESS, 'metrics'), {
      business_id: 'businessId',
      call_clicks: 'number',
    }),
  },
  {
    id: 'analytics.profile.filter.business',
    says: 'business__in leaves only rows of these businesses',
    grade: 'T',
    code: `${API}#business__in`,
    check: byBusiness(
      'metrics',
      PROFILE_BY_BUSINESS,
      id => profile({ dimensions: ['business'], business__in: [id] }),
      'business_id',
    ),
  },
  {
    id: 'analytics.profile.filter.city',
    says: 'city leaves out businesses elsewhere',
    grade: 'T',
    code: `${API}#city?:`,
    check: narrows(async probe => {
      const rows = await someRows(probe, EVERY_BUSINESS, 'businesses');
      const city = rows.map(row => row.city).find(value => typeof value === 'string');
      if (typeof city !== 'string') throw new NotTested('no data: no business has a city');
      const some = profile({ dimensions: ['business'], city });
      const here = new Set(rows.filter(row => row.city === city).map(({ id }) => id));
      const known = new Set(rows.map(({ id }) => id));
      const fits = ({ business_id }: Record<string, unknown>) =>
        here.has(business_id) || !known.has(business_id);
      return { list: 'metrics', all: PROFILE_BY_BUSINESS, some, fits };
    }),
  },
  {
    id: 'analytics.profile.filter.time',
    says: 'filter_date__gte leaves out earlier months',
    grade: 'T',
    code: `${API}#filter_date__gte`,
    check: since(
      'metrics',
      PROFILE_BY_MONTH,
      profile({ dimensions: ['month'], filter_date__gte: FROM }),
      'date',
      FROM,
    ),
  },
  {
    id: 'analytics.keywords.list',
    says: 'GET /presence_analytics/keywords answers with a list keywords, also by business; per_page may be 500',
    grade: 'D',
    code: `${API}#'/presence_analytics/keywords', 'keywords'`,
    check: hasList(KEYWORDS_BY_BUSINESS, 'keywords'),
  },
  {
    id: 'analytics.keywords.row',
    says: 'a row of one business by keyword has keyword, count and threshold',
    grade: 'D',
    code: 'src/tools/analytics/get-profile-keywords.ts#threshold',
    check: hasFields(
      async probe => {
        const id = await idIn(probe, KEYWORDS_BY_BUSINESS, 'keywords', 'business_id');
        return someRows(probe, keywords({ dimensions: ['keyword'], business__in: [id] }), 'keywords');
      },
      { keyword: 'text', count: 'number', threshold: 'number' },
    ),
  },
  {
    id: 'analytics.keywords.filter.business',
    says: 'business__in leaves only rows of these businesses',
    grade: 'D',
    code: `${API}#ProfileKeywordsQuery`,
    check: byBusiness(
      'keywords',
      KEYWORDS_BY_BUSINESS,
      id => keywords({ dimensions: ['business'], business__in: [id] }),
      'business_id',
    ),
  },
  {
    id: 'analytics.keywords.branded',
    says: 'branded=true is accepted',
    grade: 'I',
    code: `${API}#branded?:`,
    check: accepts('keywords', keywords({ dimensions: ['business'], branded: true })),
  },
];
