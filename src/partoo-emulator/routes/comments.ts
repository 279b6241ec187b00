import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { businessOf, callerOf } from '../access.ts';
import { isoSeconds } from '../dates.ts';
import { badRequest, notFound } from '../errors.ts';
import type { User } from '../keys.ts';
import type { Business, Comment, Review } from '../model.ts';
import { read } from '../query.ts';
import type { State } from '../state.ts';

const newComment = z.strictObject({
  review_id: z.int(),
  content: z.string().refine(content => content.trim() !== '', 'Must not be empty.'),
  parent_id: z.int().optional(),
});

export function commentRoutes(app: FastifyInstance, state: State): void {
  app.post('/comments', async request => {
    read(z.strictObject({}), request.query);
    const user = callerOf(request);
    const asked = read(newComment, request.body);
    const review = state.reviews.find(({ id }) => id === asked.review_id);
    if (!review) throw notFound();
    const business = businessOf(state, user, review.business_id);
    if (review.state === 'deleted') throw badRequest({ review_id: 'This review was deleted.' });

    const comment = commentOn(review, business, user, asked, state.nextId());
    if (asked.parent_id !== undefined) {
      threadOf(review, asked.parent_id).replies.push(comment);
      return comment;
    }
    // What happens to a second reply is not documented: it is refused, the first one stays.
    if (review.comments) throw badRequest({ review_id: 'This review already has a reply.' });
    review.comments = comment;
    review.state = 'treated';
    return comment;
  });
}

/** Only Facebook has threads: an answer below the reply. */
function threadOf(review: Review, parentId: number): Comment {
  if (review.partner !== 'facebook') throw badRequest({ parent_id: 'Only for Facebook reviews.' });
  if (review.comments?.id !== parentId) throw badRequest({ parent_id: 'Not a comment of this review.' });
  return review.comments;
}

function commentOn(
  review: Review,
  business: Business,
  user: User,
  asked: z.output<typeof newComment>,
  id: number,
): Comment {
  const date = isoSeconds(Date.now());
  return {
    id,
    partner_id: null,
    created: date,
    author_name: business.name,
    content: asked.content,
    date,
    update_date: date,
    can_edit: true,
    review_id: review.id,
    parent_id: asked.parent_id ?? null,
    user_id: user.id,
    is_reply_suggestion: false,
    replies: [],
  };
}
