import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type KeywordMonth, keywordsOf } from '../../data/keywords.ts';
import type { State } from '../../data/state.ts';
import { businessScope, callerOf } from '../../http/access.ts';
import { pageOf, pageParams } from '../../http/pages.ts';
import { businessIds, dayOrDateTime, flag, listOf, orderBy, read } from '../../http/parameters.ts';
import { periodStart } from '../../model/dates.ts';
import { sortBy } from './sort-rows.ts';

const keywordsQuery = z
  .strictObject({
    metrics: listOf(['count', 'threshold']),
    dimensions: listOf(['business', 'keyword', 'month', 'year', 'branded']).optional(),
    business__in: businessIds.optional(),
    branded: flag.optional(),
    filter_date__gte: dayOrDateTime.optional(),
    filter_date__lte: dayOrDateTime.optional(),
    order_by: orderBy(['count', 'threshold', 'date']).optional(),
    ...pageParams(500),
  })
  .refine(params => !params.dimensions?.includes('keyword') || params.business__in?.length === 1, {
    path: ['business__in'],
    message: 'Exactly one business with the keyword dimension.',
  })
  .refine(params => !(params.dimensions?.includes('month') && params.dimensions.includes('year')), {
    path: ['dimensions'],
    message: 'At most one of month, year.',
  });

type KeywordsQuery = z.output<typeof keywordsQuery>;

export function profileKeywordRoutes(app: FastifyInstance, state: State): void {
  app.get('/presence_analytics/keywords', async request => {
    const params = read(keywordsQuery, request.query);
    const scope = businessScope(state, callerOf(request), params.business__in);
    const months = state.businesses
      .filter(business => scope.has(business.id))
      .flatMap(business => keywordsOf(business, state.nowMs))
      .filter(month => fits(month, params));
    const rows = addUp(months, params);
    sortBy(rows, params.order_by ?? '-count', (row, field) => row[field as 'count' | 'threshold' | 'date']);
    const { rows: keywords, ...page } = pageOf(rows, params, 500);
    return { ...page, keywords };
  });
}

function fits({ date, branded }: KeywordMonth, params: KeywordsQuery): boolean {
  return (
    (params.branded === undefined || branded === params.branded) &&
    (params.filter_date__gte === undefined || date >= params.filter_date__gte.slice(0, 10)) &&
    (params.filter_date__lte === undefined || date <= params.filter_date__lte.slice(0, 10))
  );
}

/** Every documented field is present, as null if it was not requested. */
function addUp(months: KeywordMonth[], params: KeywordsQuery) {
  const by = (dimension: string) => params.dimensions?.some(one => one === dimension) ?? false;
  const bucket = by('month') ? 'month' : by('year') ? 'year' : null;
  const rowOf = ({ business_id, keyword, branded, date }: KeywordMonth) => ({
    keyword: by('keyword') ? keyword : null,
    date: bucket && periodStart(date, bucket),
    bucket,
    business_id: by('business') ? business_id : null,
    ...(by('branded') ? { branded } : {}),
  });
  return [...Map.groupBy(months, month => JSON.stringify(rowOf(month))).values()].flatMap(same => {
    const [first] = same;
    if (!first) return [];
    return [
      {
        ...rowOf(first),
        count: params.metrics.includes('count') ? total(same.map(({ count }) => count)) : null,
        threshold: params.metrics.includes('threshold')
          ? total(same.map(({ threshold }) => threshold))
          : null,
      },
    ];
  });
}

/** Known counts and thresholds add up separately: the real value is between count and count + threshold. */
function total(values: (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
