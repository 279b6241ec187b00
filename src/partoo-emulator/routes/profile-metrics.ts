import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { businessScope, callerOf } from '../access.ts';
import { HISTORY_DAYS, PROFILE_METRICS, profileOf } from '../data/profile.ts';
import { DAY, isoDay, PERIODS, type Period, periodStart } from '../dates.ts';
import type { Business } from '../model.ts';
import { pageOf, pageParams } from '../pages.ts';
import { businessIds, dayOrDateTime, listOf, orderBy, read, text } from '../query.ts';
import { sortBy } from '../rows.ts';
import type { State } from '../state.ts';
import { fold, matchesWords } from '../text.ts';

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
  .refine(asked => periodsIn(asked.dimensions).length <= 1, {
    path: ['dimensions'],
    message: 'At most one of day, week, month, year.',
  });

type MetricsQuery = z.output<typeof metricsQuery>;
type Row = Record<string, string | number>;

const periodsIn = (dimensions: readonly string[] = []): Period[] =>
  PERIODS.filter(period => dimensions.includes(period));

export function profileMetricRoutes(app: FastifyInstance, state: State): void {
  app.get('/presence_analytics/metrics', async request => {
    const asked = read(metricsQuery, request.query);
    const scope = businessScope(state, callerOf(request), asked.business__in);
    const businesses = state.businesses.filter(
      business =>
        scope.has(business.id) &&
        (asked.query === undefined ||
          matchesWords(`${business.city} ${business.zipcode} ${business.name}`, asked.query)) &&
        (asked.city === undefined || fold(business.city) === fold(asked.city)),
    );
    const rows = addUp(businesses, asked, state.nowMs);
    if (asked.order_by) sortBy(rows, asked.order_by, (row, field) => row[field]);
    const { rows: metrics, ...page } = pageOf(rows, asked, 500);
    return { ...page, metrics };
  });
}

/** Flat rows: the date a period starts on, the business, then the sums. */
function addUp(businesses: Business[], asked: MetricsQuery, nowMs: number): Row[] {
  const [period] = periodsIn(asked.dimensions);
  const byBusiness = asked.dimensions?.includes('business') ?? false;
  const series = businesses.flatMap(({ id }) =>
    asked.metrics.map(metric => ({ id, metric, on: profileOf(id, metric, nowMs) })),
  );
  const rows = new Map<string, Row>();
  for (const dayMs of daysOf(asked, nowMs)) {
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

function* daysOf(asked: MetricsQuery, nowMs: number): Generator<number> {
  const today = Math.floor(nowMs / DAY) * DAY;
  for (let dayMs = today - (HISTORY_DAYS - 1) * DAY; dayMs <= today; dayMs += DAY) {
    const date = isoDay(dayMs);
    if (asked.filter_date__gte && date < asked.filter_date__gte.slice(0, 10)) continue;
    if (asked.filter_date__lte && date > asked.filter_date__lte.slice(0, 10)) continue;
    yield dayMs;
  }
}
