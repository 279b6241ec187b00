import { expect } from 'vitest';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('get_profile_keywords', {
  works: {
    async args(pair) {
      const { businesses } = await fetchFromEmulator(pair, '/business/search?per_page=1');
      return {
        metrics: 'count,threshold',
        dimensions: 'keyword',
        business__in: (businesses as { id: string }[])[0]?.id,
        order_by: '-count',
        per_page: 5,
      };
    },
    sends: args => ({
      method: 'GET',
      url:
        '/presence_analytics/keywords?metrics=count,threshold&dimensions=keyword' +
        `&business__in=${args.business__in}&order_by=-count&per_page=5`,
    }),
    reads(result) {
      const rows = result.keywords as Record<string, unknown>[];
      expect(rows).toHaveLength(5);
      for (const row of rows) expect(row).toMatchObject({ keyword: expect.any(String) });
    },
  },
  refuses: [
    {
      why: 'several businesses with the keyword dimension',
      args: { metrics: 'count', dimensions: 'keyword', business__in: `${'a'.repeat(24)},${'b'.repeat(24)}` },
      problems: [/^business__in: must be one business with the keyword dimension/m],
    },
    {
      why: 'a malformed flag, and dates in the wrong order',
      args: {
        metrics: 'count',
        branded: 'maybe',
        filter_date__gte: '2026-02-01',
        filter_date__lte: '2026-01-01',
      },
      problems: [/^branded: /m, /^filter_date__lte: .*is before/m],
    },
  ],
});
