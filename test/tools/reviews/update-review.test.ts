import { expect } from 'vitest';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('update_review', {
  works: {
    async args(pair) {
      const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=not_treated&per_page=1');
      return { review_id: (reviews as { id: number }[])[0]?.id, state: 'Treated' };
    },
    sends: args => ({ method: 'PUT', url: `/reviews/${args.review_id}`, body: { state: 'treated' } }),
    reads(result, args) {
      expect(result).toMatchObject({ id: args.review_id, state: 'treated' });
    },
  },
  refuses: [
    {
      why: 'a state that only Partoo sets, and no review',
      args: { state: 'deleted' },
      problems: [/^review_id: is required/m, /^state: must be one of treated, not_treated/m],
    },
  ],
});
