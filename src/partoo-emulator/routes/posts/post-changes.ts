import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { State } from '../../data/state.ts';
import { businessScope, callerOf } from '../../http/access.ts';
import { badRequest, notFound } from '../../http/errors.ts';
import { integer, read } from '../../http/parameters.ts';
import { HOUR, isoSeconds, parseUtc } from '../../model/dates.ts';
import type { User } from '../../model/keys.ts';
import type { Post, PostState } from '../../model/types.ts';
import { postFields } from './new-post.ts';

const postId = z.object({ id: integer(0, Number.MAX_SAFE_INTEGER) });

/** Flat, unlike a new post. */
const postUpdate = z.strictObject({ ...postFields, summary: postFields.summary.optional() });

const nothing = z.strictObject({});

export function postChangeRoutes(app: FastifyInstance, state: State): void {
  app.put('/posts/:id', async request => {
    read(nothing, request.query);
    const user = callerOf(request);
    const post = postOf(state, user, read(postId, request.params).id);
    const fields = read(postUpdate, request.body);
    if (Object.keys(fields).length === 0) throw badRequest({ body: 'Nothing to change.' });
    if (fields.schedule_time && parseUtc(fields.schedule_time) < Date.now() + 2 * HOUR) {
      throw badRequest({ schedule_time: 'Must be at least two hours ahead.' });
    }
    // Instagram's posts stay as they are.
    if (post.post_status.some(({ name }) => name !== 'instagram')) change(state, post, fields);
    if (user.role !== 'ORG_ADMIN') publishDraft(post);
    return post;
  });

  app.delete('/posts/:id', async request => {
    read(nothing, request.query);
    const post = postOf(state, callerOf(request), read(postId, request.params).id);
    state.posts.splice(state.posts.indexOf(post), 1);
    return { status: 'success' };
  });
}

function postOf(state: State, user: User, id: number): Post {
  const scope = businessScope(state, user, undefined);
  const found = state.posts.find(post => post.id === id && scope.has(post.business_id));
  if (!found) throw notFound();
  return found;
}

function change(state: State, post: Post, fields: z.output<typeof postUpdate>): void {
  const { summary, image_url, cta_type, link, schedule_time, coupon_code, offer_terms } = fields;
  const business = state.businesses.find(({ id }) => id === post.business_id);
  if (summary !== undefined) post.summary = summary;
  if (image_url) post.post_medias = [{ media_url: image_url }];
  if (cta_type) post.cta_type = cta_type;
  if (link) post.cta_link = 'custom_url' in link ? link.custom_url : (business?.website_url ?? null);
  if (schedule_time) post.schedule_time = schedule_time;
  if (coupon_code) post.offer_code = coupon_code;
  if (offer_terms) post.offer_terms = offer_terms;
  post.updated_at = isoSeconds(Date.now());
  post.updated_on_partoo = true;
}

/** A manager's update approves a draft. */
function publishDraft(post: Post): void {
  const state: PostState = post.schedule_time ? 'scheduled' : 'pending';
  for (const status of post.post_status) {
    if (status.state !== 'to_validate') continue;
    status.state = state;
    post.validation_time = isoSeconds(Date.now());
  }
}
