import { expect } from 'vitest';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('reply_to_review', {
  works: {
    async args(pair) {
      const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=not_treated&per_page=1');
      const [review] = reviews as { id: number }[];
      return { review_id: String(review?.id), content: 'Merci beaucoup, à bientôt !' };
    },
    sends: args => ({
      method: 'POST',
      url: '/comments',
      body: { review_id: Number(args.review_id), content: 'Merci beaucoup, à bientôt !' },
    }),
    reads: (result, args) =>
      expect(result).toMatchObject({
        id: expect.any(Number),
        review_id: Number(args.review_id),
        date: expect.stringMatching(/Z$/),
      }),
  },
  refuses: [
    {
      why: 'template markup that the public would read',
      args: { review_id: 1, content: 'Thank you @[](client_first_name), yours @[](my_first_name)' },
      problems: [/^content: .*@\[\]\(client_first_name\) @\[\]\(my_first_name\)/m],
    },
    {
      why: 'an empty reply without a review',
      args: { content: ' \n' },
      problems: [/^review_id: is required/m, /^content: must not be empty/m],
    },
    {
      why: 'a suggestion without whether its text was changed, and the reverse',
      args: { review_id: 1, content: 'Merci', reply_suggestion_id: 7 },
      problems: [/^reply_suggestion_modified: is required: the two are given together/m],
    },
    {
      why: 'a changed suggestion without its id',
      args: { review_id: 1, content: 'Merci', reply_suggestion_modified: true },
      problems: [/^reply_suggestion_id: is required: the two are given together/m],
    },
    {
      why: 'an id that is not a number',
      args: { review_id: 'abc', content: 'x' },
      problems: [/^review_id: /m],
    },
  ],
});
