import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { businessInfo } from '../../data/posts.ts';
import type { State } from '../../data/state.ts';
import { businessOf, businessScope, callerOf } from '../../http/access.ts';
import { notAllowed } from '../../http/errors.ts';
import { pageOf, pageParams } from '../../http/pages.ts';
import { businessIds, dayOrDateTime, endOf, listOf, read, text } from '../../http/parameters.ts';
import { isoSeconds } from '../../model/dates.ts';
import { fold } from '../../model/text.ts';
import { type Business, POST_STATES, type Post, type PostState } from '../../model/types.ts';
import { newPost } from './new-post.ts';

const searchQuery = z.strictObject({
  business__in: businessIds.optional(),
  summary: text.optional(),
  state__in: listOf(POST_STATES).optional(),
  topic_type: z.enum(['standard', 'event', 'offer', 'alert']).optional(),
  start_datetime: dayOrDateTime.optional(),
  end_datetime: dayOrDateTime.optional(),
  ...pageParams(100),
});

type SearchQuery = z.output<typeof searchQuery>;

/** Partoo does not document which date the filter compares. */
const publishedAt = (post: Post) => post.schedule_time ?? post.created_at;

export function postRoutes(app: FastifyInstance, state: State): void {
  app.get('/posts', async request => {
    const params = read(searchQuery, request.query);
    const scope = businessScope(state, callerOf(request), params.business__in);
    const found = state.posts
      .filter(post => scope.has(post.business_id) && fits(post, params))
      .sort((a, b) => publishedAt(b).localeCompare(publishedAt(a)) || b.id - a.id);
    const { rows, ...page } = pageOf(found, params);
    return { ...page, posts: rows };
  });

  app.post('/posts', async request => {
    read(z.strictObject({}), request.query);
    const user = callerOf(request);
    const body = read(newPost, request.body);
    if (body.is_draft && user.role !== 'ORG_ADMIN') throw notAllowed();
    const businesses = body.business_search.business__in.map(id => businessOf(state, user, id));
    const created = businesses.map(business => postOf(state.nextId(), business, body));
    state.posts.push(...created);
    return {
      status: 'success',
      code: 200,
      message: `${created.length} posts have been created.`,
      ids: created.map(({ id }) => id).join(','),
      data: created.map(({ id, business_id }) => ({ post_id: id, business_id })),
    };
  });
}

function fits(post: Post, params: SearchQuery): boolean {
  const topic = post.post_type === 'news' ? 'standard' : post.post_type;
  return (
    (params.summary === undefined || fold(post.summary).includes(fold(params.summary))) &&
    (params.state__in === undefined ||
      post.post_status.some(({ state }) => params.state__in?.includes(state))) &&
    (params.topic_type === undefined || params.topic_type === topic) &&
    (params.start_datetime === undefined || publishedAt(post) >= params.start_datetime) &&
    (params.end_datetime === undefined || publishedAt(post) <= endOf(params.end_datetime))
  );
}

function postOf(
  id: number,
  business: Business,
  { publishers, data, is_draft }: z.output<typeof newPost>,
): Post {
  const now = isoSeconds(Date.now());
  const state: PostState = is_draft ? 'to_validate' : data.schedule_time ? 'scheduled' : 'pending';
  const link = data.link && ('custom_url' in data.link ? data.link.custom_url : business.website_url);
  return {
    id,
    business_id: business.id,
    post_type: data.post_type,
    summary: data.summary,
    schedule_time: data.schedule_time ?? null,
    expiration_time: data.expiration_time ?? null,
    validation_time: null,
    post_medias: data.image_url ? [{ media_url: data.image_url }] : [],
    created_at: now,
    updated_at: now,
    created_on_partoo: true,
    updated_on_partoo: true,
    business_info: businessInfo(business),
    post_insight: [],
    post_status: publishers.map(name => ({ name, state, link: null })),
    offer_terms: data.offer_terms ?? null,
    offer_code: data.coupon_code ?? null,
    cta_link: link ?? null,
    cta_type: data.cta_type ?? null,
  };
}
