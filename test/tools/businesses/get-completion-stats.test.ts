import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('get_completion_stats', {
  works: {
    args: { city: 'Lyon', status: 'open,closed' },
    sends: () => ({ method: 'GET', url: '/business/search/stats?city=Lyon&status=open,closed' }),
    reads(result) {
      const counts = result.counts as Record<string, number>;
      expect(result.average_completion_rate).toBeGreaterThan(0);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(5);
    },
  },
  refuses: [{ why: 'an unknown status', args: { status: 'shut' }, problems: [/^status\[0\]: /m] }],
});
