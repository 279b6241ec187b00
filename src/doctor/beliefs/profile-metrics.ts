import type { Partoo } from '../../partoo/partoo.ts';
import type { Build } from '../asking/probe.ts';
import type { Belief, CodePlace } from '../checks/belief.ts';
import { rejects } from '../checks/errors.ts';
import { hasFields, rowsAskedFor, rowsIn } from '../checks/fields.ts';
import { byBusiness, FROM, idIn, since, until } from '../checks/figures.ts';
import { narrows } from '../checks/filters.ts';
import { hasCounts, hasList, type Row, someRows } from '../checks/lists.ts';
import { accepts, pages, sorts } from '../checks/pages.ts';
import { NotTested } from '../model/verdict.ts';
import { EVERY_BUSINESS } from './businesses.ts';

const API = 'src/partoo/api/presence-analytics.ts';
const TOOL = 'src/tools/analytics/get-profile-metrics.ts';
const KEYWORDS_TOOL = 'src/tools/analytics/get-profile-keywords.ts';
type ProfileQuery = Partial<Parameters<Partoo['presenceAnalytics']['metrics']>[0]>;
type KeywordsQuery = Partial<Parameters<Partoo['presenceAnalytics']['keywords']>[0]>;

const profile =
  (query: ProfileQuery = {}): Build =>
  partoo =>
    partoo.presenceAnalytics.metrics({ metrics: ['call_clicks'], page: 1, per_page: 500, ...query });
const keywords =
  (query: KeywordsQuery = {}): Build =>
  partoo =>
    partoo.presenceAnalytics.keywords({ metrics: ['count', 'threshold'], page: 1, per_page: 500, ...query });

const PROFILE_BY_BUSINESS = profile({ dimensions: ['business'] });
const PROFILE_BY_MONTH = profile({ dimensions: ['month'] });
const KEYWORDS_BY_BUSINESS = keywords({ dimensions: ['business'] });
const KEYWORDS_BY_MONTH = keywords({ dimensions: ['month'] });

/** Beside `call_clicks`, which the other checks ask for. */
const METRICS = [
  'business_impressions_desktop_maps',
  'business_impressions_desktop_search',
  'business_impressions_mobile_maps',
  'business_impressions_mobile_search',
  'business_direction_requests',
  'website_clicks',
] as const;

const numberIn = (name: string) => (row: Record<string, unknown>) => {
  const value = row[name];
  return typeof value === 'number' ? value : undefined;
};

export const profileMetrics: Belief[] = [
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
    id: 'analytics.profile.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'T',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(PROFILE_BY_BUSINESS, 'metrics', ['page', 'max_page', 'count']),
  },
  {
    id: 'analytics.profile.pages',
    says: 'page starts at 1, and page 2 goes on',
    grade: 'T',
    code: `${API}#page?:`,
    check: pages(
      'metrics',
      (page, per_page) => profile({ dimensions: ['business'], page, per_page }),
      row => row.business_id,
    ),
  },
  {
    id: 'analytics.profile.metrics',
    says: `other metrics are ${METRICS.join(', ')}`,
    grade: 'T',
    code: `${TOOL}#const METRICS`,
    check: hasFields(
      rowsAskedFor(profile({ dimensions: ['business'], metrics: [...METRICS] }), 'metrics'),
      Object.fromEntries(METRICS.map(metric => [metric, 'number' as const])),
    ),
  },
  {
    id: 'analytics.profile.date',
    says: 'a row by month has its first day as date',
    grade: 'T',
    code: `${TOOL}#'month'`,
    check: hasFields(rowsIn(PROFILE_BY_MONTH, 'metrics'), { date: 'day' }),
  },
  ...['day', 'week', 'year'].map(
    (dimension): Belief => ({
      id: `analytics.profile.dimension.${dimension}`,
      says: `dimensions=${dimension} is accepted`,
      grade: 'T',
      code: `${TOOL}#'${dimension}'` as CodePlace,
      check: accepts('metrics', profile({ dimensions: [dimension], per_page: 1 })),
    }),
  ),
  {
    id: 'analytics.profile.periods',
    says: 'two periods at once are refused',
    grade: 'T',
    code: `${TOOL}#at most one of`,
    check: rejects(profile({ dimensions: ['month', 'year'] })),
  },
  {
    id: 'analytics.profile.order',
    says: 'order_by takes a metric, with - for the highest first',
    grade: 'T',
    code: `${API}#order_by`,
    check: sorts(
      'metrics',
      {
        up: profile({ dimensions: ['business'], order_by: 'call_clicks' }),
        down: profile({ dimensions: ['business'], order_by: '-call_clicks' }),
      },
      numberIn('call_clicks'),
    ),
  },
  {
    id: 'analytics.profile.filter.query',
    says: 'query searches businesses by city, zip code and name',
    grade: 'T',
    code: `${API}#query?:`,
    check: narrows(async probe => {
      const rows = await someRows(probe, EVERY_BUSINESS, 'businesses');
      const city = rows.map(row => row.city).find(value => typeof value === 'string');
      if (typeof city !== 'string') throw new NotTested('no data: no business has a city');
      const some = profile({ dimensions: ['business'], query: city });
      const named = new Set(rows.filter(row => Object.values(row).join().includes(city)).map(({ id }) => id));
      const probablyFits = (row: Row) => named.has(row.business_id);
      return { list: 'metrics', all: PROFILE_BY_BUSINESS, some, probablyFits };
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
    id: 'analytics.profile.filter.time.until',
    says: 'filter_date__lte leaves out later months',
    grade: 'T',
    code: `${API}#filter_date__lte`,
    check: until(
      'metrics',
      PROFILE_BY_MONTH,
      profile({ dimensions: ['month'], filter_date__lte: FROM }),
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
  {
    id: 'analytics.keywords.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(KEYWORDS_BY_BUSINESS, 'keywords', ['page', 'max_page', 'count']),
  },
  {
    id: 'analytics.keywords.pages',
    says: 'page starts at 1, and page 2 goes on',
    grade: 'D',
    code: `${API}#page?:`,
    check: pages(
      'keywords',
      (page, per_page) => keywords({ dimensions: ['business'], page, per_page }),
      row => row.business_id,
    ),
  },
  {
    id: 'analytics.keywords.date',
    says: 'a row by month has its first day as date',
    grade: 'D',
    code: `${KEYWORDS_TOOL}#'month'`,
    check: hasFields(rowsIn(KEYWORDS_BY_MONTH, 'keywords'), { date: 'day' }),
  },
  ...['year', 'branded'].map(
    (dimension): Belief => ({
      id: `analytics.keywords.dimension.${dimension}`,
      says: `dimensions=${dimension} is accepted`,
      grade: 'D',
      code: `${KEYWORDS_TOOL}#'${dimension}'` as CodePlace,
      check: accepts('keywords', keywords({ dimensions: [dimension] })),
    }),
  ),
  {
    id: 'analytics.keywords.one',
    says: 'the dimension keyword with two businesses is refused',
    grade: 'D',
    code: `${KEYWORDS_TOOL}#must be one business`,
    check: async probe => {
      const rows = await someRows(probe, EVERY_BUSINESS, 'businesses');
      const ids = rows.slice(0, 2).map(({ id }) => String(id));
      if (ids.length < 2) throw new NotTested('no data: fewer than two businesses');
      return rejects(keywords({ dimensions: ['keyword'], business__in: ids }))(probe);
    },
  },
  {
    id: 'analytics.keywords.order',
    says: 'order_by takes count, with - for the highest first',
    grade: 'D',
    code: `${KEYWORDS_TOOL}#-count`,
    check: sorts(
      'keywords',
      {
        up: keywords({ dimensions: ['business'], order_by: 'count' }),
        down: keywords({ dimensions: ['business'], order_by: '-count' }),
      },
      numberIn('count'),
    ),
  },
  {
    id: 'analytics.keywords.filter.time',
    says: 'filter_date__gte leaves out earlier months',
    grade: 'D',
    code: `${API}#filter_date__gte`,
    check: since(
      'keywords',
      KEYWORDS_BY_MONTH,
      keywords({ dimensions: ['month'], filter_date__gte: FROM }),
      'date',
      FROM,
    ),
  },
  {
    id: 'analytics.keywords.filter.time.until',
    says: 'filter_date__lte leaves out later months',
    grade: 'D',
    code: `${API}#filter_date__lte`,
    check: until(
      'keywords',
      KEYWORDS_BY_MONTH,
      keywords({ dimensions: ['month'], filter_date__lte: FROM }),
      'date',
      FROM,
    ),
  },
];
