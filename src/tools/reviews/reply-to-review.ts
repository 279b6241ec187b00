import * as z from 'zod';
import { defineTool } from '../define-tool.ts';
import { integer, text } from '../fields.ts';
import * as out from '../outputs.ts';
import { noPlaceholders } from '../rules.ts';

export const replyToReview = defineTool({
  name: 'reply_to_review',
  title: 'Reply to a review',
  description:
    "Publish the business's reply to one customer review, on the platform it was left on: the public " +
    'sees it. Only for a review without a reply (search_reviews, state not_treated). Answers the reply ' +
    'as Partoo took it.',
  effect: 'adds',
  input: {
    review_id: integer('`id` of a row of search_reviews.', { min: 1 }),
    content: text('The reply, as it will be published.'),
  },
  check: ({ content }) => noPlaceholders('content', content),
  output: z.object({
    id: out.number(),
    review_id: out.number(),
    content: out.text(),
    date: out.text('UTC'),
    author_name: out.text(),
    note: out.text(),
  }),
  ifUnknown: 'Call search_reviews and see whether the review now has the reply in `comments`.',
  run: async ({ review_id, content }, { partoo }) => ({
    note: 'Partoo took the reply.',
    ...out.asObject(await partoo.reviews.reply(review_id, content)),
  }),
});
