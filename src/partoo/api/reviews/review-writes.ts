import { exactNumber, type NumericId } from '../../../core/json.ts';
import { path } from '../../requests/path.ts';
import type { WriteRequest } from '../../requests/request.ts';
import { confirmationOf, mustBeOf, readConfirmation } from '../../responses/confirmation.ts';

interface Suggestion {
  id: NumericId;
  /** Whether the text is another than the suggested one. */
  isModified: boolean;
}

/** Partoo calls a reply a comment. */
export const reviewReply = (reviewId: NumericId, content: string, suggestion?: Suggestion): WriteRequest => ({
  method: 'POST',
  path: '/comments',
  body: {
    review_id: exactNumber(reviewId),
    content,
    ...(suggestion && { reply_suggestion: toBody(suggestion) }),
  },
  read(json) {
    const comment = readConfirmation(json, 'id', true);
    mustBeOf(comment, 'review_id', reviewId, 'review');
    return comment;
  },
});

/** Documented for replies to feedback; that it is the same for reviews is inferred. */
const toBody = ({ id, isModified }: Suggestion) => ({
  reply_suggestion_id: exactNumber(id),
  reply_suggestion_modified: isModified,
});

const review = (id: NumericId) => ({ path: path`/reviews/${id}`, template: '/reviews/{review_id}' });

export const reviewState = (id: NumericId, state: string): WriteRequest => ({
  method: 'PUT',
  ...review(id),
  body: { state },
  idempotent: true,
  read(json) {
    const response = confirmationOf('review', id, true)(json);
    mustBeOf(response, 'state', state, 'state');
    return response;
  },
});

/** From Partoo's documentation of 2021 and working third-party code; today's page was not seen. */
const comment = (id: NumericId) => ({ path: path`/comments/${id}`, template: '/comments/{comment_id}' });

export const replyUpdate = (id: NumericId, content: string): WriteRequest => ({
  method: 'PUT',
  ...comment(id),
  body: { content },
  idempotent: true,
  read: confirmationOf('reply', id, true),
});

/** Not sent again when its response is lost: a second deletion would be answered with 404, as if there had been no reply. */
export const replyDeletion = (id: NumericId): WriteRequest => ({
  method: 'DELETE',
  ...comment(id),
  read: confirmationOf('reply', id),
});
