import * as z from 'zod';
import { defineTool } from '../definition/define-tool.ts';
import { integer } from '../fields/index.ts';
import { reviewId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';

export const suggestReviewReply = defineTool({
  name: 'suggest_review_reply',
  title: 'Suggest a review reply',
  description:
    "Partoo's own AI suggestion for a reply to one review; up to three, which stay the same. Publishes nothing: a person " +
    'approves the text, then reply_to_review takes it with `id` as reply_suggestion_id.',
  effect: 'reads',
  optional: true,
  input: {
    review_id: reviewId,
    index: integer('Which of the three, from 0. Default: 0.', { min: 0, max: 2 }).optional(),
  },
  output: z.object({
    id: out.id(),
    review_id: out.id(),
    index: out.number(),
    content: out.text('reply_suggestion.content'),
  }),
  run: ({ review_id, index = 0 }, { partoo }) => partoo.reviews.suggestion(review_id, index),
});
