import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { HISTORY_DAYS, PROFILE_METRICS, profileOf } from '../../data/profile.ts';
import type { State } from '../../data/state.ts';
import { businessScope, callerOf } from '../../http/access.ts';
import { pageOf, pageParams } from '../../http/pages.ts';
import { businessIds, dayOrDateTime, listOf, orderBy, read, text } from '../../http/parameters.ts';
import { DAY, isoDay, PERIODS, type Period, periodStart } from '../../model/dates.ts';
import { fold, matchesWords } from '../../model/text.ts';
import type { Business } from '../../model/types.ts';
import { sortBy } from './sort-rows.ts';

const metricsQuery = z
  .strictObject({
    metrics: listOf(PROFILE_METRICS),
    dimensions: listOf(['business', ...PERIODS]).optional(),
    business__in: businessIds.optional(),
    query: text.optional(),
    city: text.optional(),
    filter_date__gte: dayOrDateTime.optional(),
    filter_date__lte: dayOrDateTime.optional(),
    order_by: orderBy(['date', ...PROFILE_METRICS]).optional(),
    ...pageParams(500),
  })
  .refine(params => periodsIn(params.dimensions).length <= 1, {
    path: ['dimensions'],
    message: 'At most one of day, week, month, year.',
  });

type MetricsQuery = z.output<typeof metricsQuery>;
type Row = Record<string, string | number>;

const periodsIn = (dimensions: readonly string[] = []): Period[] =>
  PERIODS.filter(period => dimensions.includes(period));

export function profileMetricRoutes(app: FastifyInstance, state: State): void {
  app.get('/presence_analytics/metrics', async request => {
    const params = read(metricsQuery, request.query);
    const scope = businessScope(state, callerOf(request), params.business__in);
    const businesses = state.businesses.filter(
      business =>
        scope.has(business.id) &&
        (params.query === undefined ||
          matchesWords(`${business.city} ${business.zipcode} ${business.name}`, params.query)) &&
        (params.city === undefined || fold(business.city) === fold(params.city)),
    );
    const rows = addUp(businesses, params, state.nowMs);
    if (params.order_by) sortBy(rows, params.order_by, (row, field) => row[field]);
    const { rows: metrics, ...page } = pageOf(rows, params, 500);
    return { ...page, metrics };
  });
}

/** Flat rows: the first day of the period, the business, and the sums. */
function addUp(businesses: Business[], params: MetricsQuery, nowMs: number): Row[] {
  const [period] = periodsIn(params.dimensions);
  const byBusiness = params.dimensions?.includes('business') ?? false;
  const series = businesses.flatMap(({ id }) =>
    params.metrics.map(metric => ({ id, metric, on: profileOf(id, metric, nowMs) })),
  );
  const rows = new Map<string, Row>();
  for (const dayMs of daysOf(params, nowMs)) {
    const date = period && periodStart(isoDay(dayMs), period);
    for (const { id, metric, on } of series) {
      const key = `${date ?? ''}|${byBusiness ? id : ''}`;
      const row = rows.get(key) ?? {
        ...(date === undefined ? {} : { date }),
        ...(byBusiness ? { business_id: id } : {}),
      };
      row[metric] = Number(row[metric] ?? 0) + on(dayMs);
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

function* daysOf(params: MetricsQuery, nowMs: number): Generator<number> {
  const today = Math.floor(nowMs / DAY) * DAY;
  for (let dayMs = today - (HISTORY_DAYS - 1) * DAY; dayMs <= today; dayMs += DAY) {
    const date = isoDay(dayMs);
    if (params.filter_date__gte && date < params.filter_date__gte.slice(0, 10)) continue;
    if (params.filter_date__lte && date > params.filter_date__lte.slice(0, 10)) continue;
    yield dayMs;
  }
}
