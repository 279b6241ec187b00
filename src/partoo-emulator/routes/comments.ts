import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../data/state.ts';
import { businessOf, callerOf } from '../http/access.ts';
import { badRequest, notFound } from '../http/errors.ts';
import { read } from '../http/parameters.ts';
import { isoSeconds } from '../model/dates.ts';
import type { User } from '../model/keys.ts';
import type { Business, Comment, Review } from '../model/types.ts';

const newComment = z.strictObject({
  review_id: z.int(),
  content: z.string().refine(content => content.trim() !== '', 'Must not be empty.'),
  parent_id: z.int().optional(),
  reply_suggestion: z
    .strictObject({ reply_suggestion_id: z.int(), reply_suggestion_modified: z.boolean() })
    .optional(),
});

const changedComment = z.strictObject({ content: newComment.shape.content });
const idParam = z.object({ id: z.string().regex(/^\d+$/).transform(Number) });

export function commentRoutes(app: FastifyInstance, state: State): void {
  app.post('/comments', async request => {
    read(z.strictObject({}), request.query);
    const user = callerOf(request);
    const body = read(newComment, request.body);
    const review = state.reviews.find(({ id }) => id === body.review_id);
    if (!review) throw notFound();
    const business = businessOf(state, user, review.business_id);
    if (review.state === 'deleted') throw badRequest({ review_id: 'This review was deleted.' });

    const comment = commentOn(review, business, user, body, state.nextId());
    const suggestion = body.reply_suggestion?.reply_suggestion_id;
    if (
      suggestion !== undefined &&
      !state.suggestions.some(each => each.id === suggestion && each.review_id === review.id)
    ) {
      throw badRequest({ reply_suggestion: 'Not a suggestion for this review.' });
    }
    if (body.parent_id !== undefined) {
      threadOf(review, body.parent_id).replies.push(comment);
      return comment;
    }
    // Partoo does not document what happens to a second reply.
    if (review.comments) throw badRequest({ review_id: 'This review already has a reply.' });
    review.comments = comment;
    review.state = 'treated';
    return comment;
  });

  app.put('/comments/:id', async request => {
    read(z.strictObject({}), request.query);
    const { comments } = reviewOfReply(state, callerOf(request), request.params);
    const { content } = read(changedComment, request.body);
    return Object.assign(comments, { content, update_date: isoSeconds(Date.now()) });
  });

  app.delete('/comments/:id', async request => {
    read(z.strictObject({}), request.query);
    const review = reviewOfReply(state, callerOf(request), request.params);
    Object.assign(review, { comments: null, state: 'not_treated' });
    return { status: 'success' };
  });
}

/** A reply that the caller may change. */
function reviewOfReply(state: State, user: User, params: unknown): Review & { comments: Comment } {
  const { id } = read(idParam, params);
  const review = state.reviews.find(({ comments }) => comments?.id === id);
  if (!review?.comments) throw notFound();
  businessOf(state, user, review.business_id);
  return review as Review & { comments: Comment };
}

/** Only Facebook has threads, below the reply. */
function threadOf(review: Review, parentId: number): Comment {
  if (review.partner !== 'facebook') throw badRequest({ parent_id: 'Only for Facebook reviews.' });
  if (review.comments?.id !== parentId) throw badRequest({ parent_id: 'Not a comment of this review.' });
  return review.comments;
}

function commentOn(
  review: Review,
  business: Business,
  user: User,
  body: z.output<typeof newComment>,
  id: number,
): Comment {
  const date = isoSeconds(Date.now());
  return {
    id,
    partner_id: null,
    created: date,
    author_name: business.name,
    content: body.content,
    date,
    update_date: date,
    can_edit: true,
    review_id: review.id,
    parent_id: body.parent_id ?? null,
    user_id: user.id,
    is_reply_suggestion: body.reply_suggestion !== undefined,
    replies: [],
  };
}
