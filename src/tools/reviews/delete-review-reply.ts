import * as z from 'zod';
import { replyDeletion } from '../../partoo/api/reviews/review-writes.ts';
import { defineTool } from '../definition/define-tool.ts';
import { commentId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';

export const deleteReviewReply = defineTool({
  name: 'delete_review_reply',
  title: 'Delete a review reply',
  description:
    'Delete a published reply under a review for good; it disappears from the platform. To change its text use ' +
    'update_review_reply.',
  effect: 'deletes',
  optional: true,
  consequence: 'deletes a published reply for good',
  input: { comment_id: commentId },
  output: z.object({ status: out.text('written.status'), note: z.string() }),
  recoveryHint:
    'Call search_reviews with detail full to check whether the review still has the reply in `comments`.',
  request: ({ comment_id }) => replyDeletion(comment_id),
  result: ({ status }) => ({ status, note: 'Partoo deleted the reply.' }),
});
