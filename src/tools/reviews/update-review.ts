import * as z from 'zod';
import { reviewState } from '../../partoo/api/reviews/review-writes.ts';
import { defineTool } from '../definition/define-tool.ts';
import { oneOf } from '../fields/index.ts';
import { reviewId } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { findReview } from './lookups/find-review.ts';

const SEEN = "Partoo's response was lost; a check found the state.";

export const updateReview = defineTool({
  name: 'update_review',
  title: 'Update a review',
  description:
    'Mark one review as treated or not treated, for the team in Partoo. Publishes nothing; reply_to_review marks a review ' +
    'as treated by itself. Returns the state.',
  effect: 'replaces',
  optional: true,
  consequence: 'sets the state that colleagues see in Partoo',
  input: {
    review_id: reviewId,
    state: oneOf(['treated', 'not_treated'], 'New state.'),
  },
  output: z.object({ id: out.id(), state: out.text('review.state'), note: z.string() }),
  recoveryHint: 'Call search_reviews and compare the state.',
  request: ({ review_id, state }) => reviewState(review_id, state),
  result: ({ id }, { state }) => ({ id, state, note: 'Partoo accepted the state.' }),
  target: ({ review_id }) => ({ kind: 'review', value: String(review_id) }),
  verification: {
    async find({ review_id, state }, { partoo }) {
      const review = await findReview(partoo, state, ({ id }) => String(id) === String(review_id));
      return review?.state === state ? { id: review_id, state, note: SEEN } : undefined;
    },
  },
});
