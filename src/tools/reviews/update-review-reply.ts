import * as z from 'zod';
import { replyUpdate } from '../../partoo/api/reviews/review-writes.ts';
import { isSameText } from '../definition/comparable-text.ts';
import { defineTool } from '../definition/define-tool.ts';
import { noPlaceholders } from '../definition/rules.ts';
import { text } from '../fields/index.ts';
import { commentId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { findReview } from './lookups/find-review.ts';

const SEEN = "Partoo's response was lost; a check found the new text.";

/** The reply to a review. */
const replyTo = ({ comments }: Record<string, unknown>) => out.asObject(comments);

export const updateReviewReply = defineTool({
  name: 'update_review_reply',
  title: 'Update a review reply',
  description:
    'Replace the text of a reply that is already published under a review, publicly. For a review without a reply use ' +
    'reply_to_review. Returns the id of the reply.',
  effect: 'replaces',
  optional: true,
  consequence: 'replaces a published reply',
  input: { comment_id: commentId, content: text('The whole new reply, as it will be published.') },
  check: ({ content }) => noPlaceholders('content', content),
  output: z.object({ id: out.id(), update_date: out.time(), note: z.string() }),
  recoveryHint: 'Call search_reviews with detail full and compare the reply in `comments`.',
  request: ({ comment_id, content }) => replyUpdate(comment_id, content),
  result: ({ id, update_date }) => ({ id, update_date, note: 'Partoo accepted the new text.' }),
  target: ({ comment_id }) => ({ kind: 'comment', value: String(comment_id) }),
  verification: {
    async find({ comment_id, content }, { partoo }) {
      const isIt = (review: Record<string, unknown>) => String(replyTo(review).id) === String(comment_id);
      const review = await findReview(partoo, 'treated', isIt);
      const reply = review && replyTo(review);
      return reply && isSameText(reply.content, content) ? { ...reply, note: SEEN } : undefined;
    },
  },
});
