import * as z from 'zod';
import { reviewReply } from '../../partoo/api/reviews/review-writes.ts';
import { isId } from '../../partoo/responses/confirmation.ts';
import { isSameText } from '../definition/comparable-text.ts';
import { defineTool, type VerificationContext } from '../definition/define-tool.ts';
import { noPlaceholders } from '../definition/rules.ts';
import { flag, numericId, text } from '../fields/index.ts';
import { reviewId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { findReview } from './lookups/find-review.ts';

const SEEN = "Partoo's response was lost; a check found the reply.";

export const replyToReview = defineTool({
  name: 'reply_to_review',
  title: 'Reply to a review',
  description:
    "Publish the business's reply to one customer review, publicly on its platform. Only for a review without a " +
    'reply (search_reviews, state not_treated). Returns the id of the reply.',
  effect: 'adds',
  consequence: 'publishes under a review',
  input: {
    review_id: reviewId,
    content: text('The reply, as it will be published.'),
    reply_suggestion_id: numericId(
      '`id` from suggest_review_reply, if the text is or began as that.',
    ).optional(),
    reply_suggestion_modified: flag('true: the suggested text was changed.').optional(),
  },
  check(args) {
    const problems = noPlaceholders('content', args.content);
    const [id, modified] = [args.reply_suggestion_id, args.reply_suggestion_modified];
    if ((id === undefined) === (modified === undefined)) return problems;
    const missing = id === undefined ? 'reply_suggestion_id' : 'reply_suggestion_modified';
    return [...problems, { argument: missing, message: 'is required: the two are given together' }];
  },
  output: z.object({
    id: out.id(),
    review_id: out.id(),
    date: out.time(),
    note: z.string(),
  }),
  recoveryHint:
    'Call search_reviews with detail full to check whether the review now has the reply in `comments`.',
  request: ({ review_id, content, reply_suggestion_id: id, reply_suggestion_modified: isModified = true }) =>
    reviewReply(review_id, content, id === undefined ? undefined : { id, isModified }),
  result: response => ({ ...response, note: 'Partoo accepted the reply.' }),
  verification: {
    scope: ({ review_id }) => String(review_id),
    createdIds: ({ id }) => [id],
    async find({ review_id, content, reply_suggestion_id }, { partoo, isClaimed, ...context }) {
      const review = await findReview(partoo, 'treated', ({ id }) => String(id) === String(review_id));
      if (!review) return undefined;
      const reply = out.asObject(review.comments);
      const isOf = String(reply.review_id ?? review_id) === String(review_id);
      const isOurs =
        isOf &&
        isTheReply(reply, content, reply_suggestion_id !== undefined, context) &&
        isId(reply.id) &&
        !isClaimed(reply.id);
      return isOurs ? { ...reply, review_id, note: SEEN } : undefined;
    },
  },
});

/** Excludes an older reply that a colleague has edited to the same words. */
function isTheReply(
  reply: Record<string, unknown>,
  content: string,
  usesSuggestion: boolean,
  { isNew, isOwn }: Pick<VerificationContext, 'isNew' | 'isOwn'>,
): boolean {
  const { created, date, is_reply_suggestion, user_id } = reply;
  const dates = [created, date].filter(value => value !== undefined && value !== null);
  return (
    isSameText(reply.content, content) &&
    (usesSuggestion || is_reply_suggestion !== true) &&
    isOwn(user_id) &&
    dates.length > 0 &&
    dates.every(isNew)
  );
}
