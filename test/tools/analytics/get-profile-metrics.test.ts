import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

testTool('get_profile_metrics', {
  works: {
    args: () => ({
      metrics: ['call_clicks', 'website_clicks'],
      dimensions: 'business,month',
      city: 'Lyon',
      filter_date__gte: day(60),
      filter_date__lte: `${day(30)}T10:00:00Z`,
      per_page: 500,
    }),
    sends: () => ({
      method: 'GET',
      url:
        '/presence_analytics/metrics?metrics=call_clicks,website_clicks&dimensions=business,month&city=Lyon' +
        `&filter_date__gte=${day(60)}&filter_date__lte=${day(30)}&per_page=500`,
    }),
    reads(result) {
      const rows = result.metrics as Record<string, unknown>[];
      expect(rows.length).toBeGreaterThanOrEqual(5);
      expect(rows[0]).toMatchObject({ call_clicks: expect.any(Number), website_clicks: expect.any(Number) });
    },
  },
  refuses: [
    {
      why: 'two periods at once, and dates in the wrong order',
      args: {
        metrics: 'call_clicks',
        dimensions: 'day,month',
        filter_date__gte: '2026-05-02',
        filter_date__lte: '2026-05-01',
      },
      problems: [/^dimensions: must have at most one of day, month/m, /^filter_date__lte: .*is before/m],
    },
    {
      why: 'unknown metrics, and too large a page',
      args: { metrics: 'clicks', per_page: 501 },
      problems: [/^metrics\[0\]: .*call_clicks/m, /^per_page: /m],
    },
  ],
});
