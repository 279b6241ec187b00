import { describe, expect, test } from 'vitest';
import { fieldsOf, LYON_1, PARIS_1, start } from './start.ts';

const NOW = new Date('2026-11-21T10:00:00Z');

describe('profile metrics', () => {
  const path = '/presence_analytics/metrics';

  test('are flat rows of date, business and sums', async () => {
    const { get } = await start({ now: NOW });
    const query = `metrics=call_clicks,website_clicks&dimensions=business,month&business__in=${LYON_1}`;
    const { body } = await get(`${path}?${query}&filter_date__gte=2026-01-01&filter_date__lte=2026-02-28`);
    expect(body.metrics).toEqual([
      {
        date: '2026-01-01',
        business_id: LYON_1,
        call_clicks: expect.any(Number),
        website_clicks: expect.any(Number),
      },
      expect.objectContaining({ date: '2026-02-01' }),
    ]);
  });

  test('add up from days to months and from businesses to cities', async () => {
    const { get } = await start({ now: NOW });
    const range = 'metrics=call_clicks&filter_date__gte=2026-03-01&filter_date__lte=2026-03-31';
    const sum = async (query: string) =>
      (await get(`${path}?${range}&${query}`)).body.metrics.reduce(
        (total: number, row: { call_clicks: number }) => total + row.call_clicks,
        0,
      );
    const total = await sum('city=lyon');
    expect(total).toBeGreaterThan(0);
    expect(await sum('city=lyon&dimensions=day')).toBe(total);
    expect(await sum('query=69&city=Lyon&dimensions=business')).toBe(total);
  });

  test('have 500 rows per page by default', async () => {
    const { get } = await start({ now: NOW });
    const { body } = await get(`${path}?metrics=call_clicks&dimensions=business,day`);
    expect(body).toMatchObject({ count: 730 * 45, max_page: 66 });
    expect(body.metrics).toHaveLength(500);
  });

  test('are incomplete for the last days', async () => {
    const { get } = await start({ now: NOW });
    const query = 'metrics=business_impressions_mobile_search&dimensions=day&filter_date__gte=2026-11-14';
    const { metrics } = (await get(`${path}?${query}`)).body;
    const [complete, today] = [metrics[0], metrics.at(-1)];
    expect(today.date).toBe('2026-11-21');
    expect(today.business_impressions_mobile_search).toBeLessThan(
      complete.business_impressions_mobile_search / 2,
    );
  });

  test.each([
    ['', ['metrics']],
    ['metrics=views', ['metrics.0']],
    ['metrics=call_clicks&dimensions=day,month', ['dimensions']],
    ['metrics=call_clicks&per_page=501', ['per_page']],
    ['metrics=call_clicks&update_date__gte=2026-01-01', ['update_date__gte']],
  ])('are refused for %j', async (query, fields) => {
    const { get } = await start();
    expect(fieldsOf(await get(`${path}?${query}`))).toEqual(fields);
  });
});

describe('profile keywords', () => {
  const path = '/presence_analytics/keywords';

  test('have a count or a threshold', async () => {
    const { get } = await start({ now: NOW });
    const query = `metrics=count,threshold&dimensions=keyword,month&business__in=${LYON_1}`;
    const { keywords } = (await get(`${path}?${query}`)).body;
    const known = keywords.filter((row: { count: number | null }) => row.count !== null);
    const hidden = keywords.filter((row: { threshold: number | null }) => row.threshold !== null);
    expect(known.length * hidden.length).toBeGreaterThan(0);
    expect(known.length + hidden.length).toBe(keywords.length);
  });

  test('cover 24 full months', async () => {
    const { get } = await start({ now: NOW });
    const { body } = await get(`${path}?metrics=count&dimensions=month&order_by=date`);
    expect(body.count).toBe(24);
    expect([body.keywords[0].date, body.keywords[23].date]).toEqual(['2024-11-01', '2026-10-01']);
    const year = await get(`${path}?metrics=count&dimensions=year&order_by=-date`);
    expect(year.body.keywords.map((row: { date: string }) => row.date)).toEqual([
      '2026-01-01',
      '2025-01-01',
      '2024-01-01',
    ]);
  });

  test('can be filtered and grouped by branded', async () => {
    const { get } = await start({ now: NOW });
    const only = `metrics=count&dimensions=keyword,branded&business__in=${PARIS_1}&branded=true`;
    const { keywords } = (await get(`${path}?${only}`)).body;
    expect(keywords).toHaveLength(3);
    for (const row of keywords) expect(row).toMatchObject({ branded: true });
  });

  test.each([
    ['metrics=count&dimensions=keyword', ['business__in']],
    [`metrics=count&dimensions=keyword&business__in=${LYON_1},${PARIS_1}`, ['business__in']],
    ['metrics=count&dimensions=day', ['dimensions.0']],
    ['metrics=clicks', ['metrics.0']],
    ['metrics=count&per_page=501', ['per_page']],
  ])('are refused for %s', async (query, fields) => {
    const { get } = await start();
    expect(fieldsOf(await get(`${path}?${query}`))).toEqual(fields);
  });
});
