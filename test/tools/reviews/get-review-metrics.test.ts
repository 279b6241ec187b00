import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('get_review_metrics', {
  works: {
    args: {
      metrics: 'average_rating,reviews_count',
      dimensions: 'business',
      business__notin: 'f'.repeat(24),
      order_by: '-average_rating',
      per_page: 3,
    },
    sends: () => ({
      method: 'GET',
      url:
        '/review_analytics/metrics?metrics=average_rating,reviews_count&dimensions=business' +
        `&business__notin=${'f'.repeat(24)}` +
        '&order_by=-average_rating&per_page=3',
    }),
    reads(result) {
      const rows = result.data as { dimension: string; metrics: Record<string, number> }[];
      expect(rows).toHaveLength(3);
      for (const { dimension, metrics } of rows) {
        expect(dimension).toMatch(/^[0-9a-f]{24}$/);
        expect(metrics).toEqual({ average_rating: expect.any(Number), reviews_count: expect.any(Number) });
      }
    },
  },
  refuses: [
    { why: 'no metrics', args: {}, problems: [/^metrics: is required/m] },
    {
      why: 'unknown metrics and dimensions',
      args: { metrics: ['rating'], dimensions: 'city' },
      problems: [/^metrics\[0\]: .*average_rating/m, /^dimensions\[0\]: .*business/m],
    },
    {
      why: 'metrics that Partoo cannot compute by tag, and a rank without an order',
      args: { metrics: 'reply_time,rank,reviews_count', dimensions: 'tag' },
      problems: [
        /^metrics: reply_time, rank cannot be computed by tag/m,
        /^order_by: is required with rank/m,
      ],
    },
  ],
});
