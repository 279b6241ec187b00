import { expect } from 'vitest';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('update_review_reply', {
  works: {
    async args(pair) {
      const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=treated&per_page=100');
      const replies = (reviews as { comments: { id: number } | null }[]).flatMap(
        ({ comments }) => comments ?? [],
      );
      return { comment_id: replies[0]?.id, content: 'Merci, et à bientôt !' };
    },
    sends: args => ({
      method: 'PUT',
      url: `/comments/${args.comment_id}`,
      body: { content: 'Merci, et à bientôt !' },
    }),
    reads(result, args) {
      expect(result).toMatchObject({ id: args.comment_id, note: 'Partoo accepted the new text.' });
    },
  },
  refuses: [
    {
      why: 'template markup, which people would see',
      args: { comment_id: 7, content: 'Merci @[](client_first_name)' },
      problems: [/^content: has template markup/m],
    },
  ],
});
