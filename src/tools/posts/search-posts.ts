import * as z from 'zod';
import { defineTool } from '../define-tool.ts';
import { listOf, oneOf, text, utcDateTime } from '../fields.ts';
import * as out from '../outputs.ts';
import { numberedList, toNumberedList } from '../pages.ts';
import { inOrder } from '../rules.ts';
import { businessIn, POST_TYPE_ALIASES, page, perPage } from '../shared-fields.ts';

const STATES = ['live', 'to_configure', 'pending', 'scheduled', 'error', 'expired', 'to_validate'] as const;

/** Partoo's own word for news, in this filter only. */
const toTopicType = (type: string) => (type === 'news' ? 'standard' : type);

export const searchPosts = defineTool({
  name: 'search_posts',
  title: 'Search posts',
  description:
    'Posts of the businesses on Google, Facebook and Instagram: text, dates, state on each platform, ' +
    'views and clicks. Also the way to see whether a post made by create_post went live.',
  effect: 'reads',
  input: {
    business__in: businessIn,
    summary: text('Words the text contains.').optional(),
    state__in: listOf(STATES, 'States').optional(),
    topic_type: oneOf(['news', 'event', 'offer', 'alert'], 'Kind of post.', { aliases: POST_TYPE_ALIASES })
      .transform(toTopicType)
      .optional(),
    start_datetime: utcDateTime('from', 'Posts from this time on, ISO 8601.').optional(),
    end_datetime: utcDateTime('to', 'Posts up to this time, ISO 8601.').optional(),
    page,
    per_page: perPage(100),
  },
  check: args => inOrder(args, 'start_datetime', 'end_datetime'),
  output: numberedList(
    'posts',
    z.object({
      id: out.number(),
      business_id: out.text(),
      post_type: out.text(),
      summary: out.text(),
      schedule_time: out.text('UTC'),
      expiration_time: out.text('UTC'),
      created_at: out.text('UTC'),
      cta_type: out.text(),
      cta_link: out.text(),
      offer_code: out.text(),
      offer_terms: out.text(),
      post_status: out.rows({ name: out.text(), state: out.text(), link: out.text() }, 'State by platform'),
      post_insight: out.rows({ name: out.text(), view_count: out.number(), click_count: out.number() }),
    }),
  ),
  run: async (args, { partoo }) => toNumberedList('posts', await partoo.posts.search(args), args.page),
});
