import { expect } from 'vitest';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('suggest_review_reply', {
  works: {
    async args(pair) {
      const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=not_treated&per_page=1');
      return { review_id: (reviews as { id: number }[])[0]?.id, index: '1' };
    },
    sends: args => ({ method: 'GET', url: `/reviews/fetch-suggestion/${args.review_id}/1` }),
    reads(result, args) {
      expect(result).toMatchObject({
        id: expect.any(Number),
        review_id: args.review_id,
        index: 1,
        content: expect.stringMatching(/^<\d{6}>Merci/),
      });
    },
  },
  refuses: [
    {
      why: 'a fourth suggestion',
      args: { review_id: 7, index: 3 },
      problems: [/^index: must be at most 2/m],
    },
  ],
});
