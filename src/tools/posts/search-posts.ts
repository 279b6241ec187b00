import { defineTool } from '../define-tool.ts';
import { listOf, oneOf, text, utcDateTime } from '../fields.ts';
import { numberedList, toNumberedList } from '../pages.ts';
import { inOrder } from '../rules.ts';
import { businessIn, page, perPage } from '../shared-fields.ts';
import { POST_COLUMNS, post, summarizePost } from './post-columns.ts';

const STATES = ['live', 'to_configure', 'pending', 'scheduled', 'error', 'expired', 'to_validate'] as const;

export const searchPosts = defineTool({
  name: 'search_posts',
  title: 'Search posts',
  description:
    'Posts of the businesses on Google, Facebook and Instagram: text, dates, state on each platform, ' +
    'views and clicks. Also the way to see whether a post made by create_post went live. Note that ' +
    '`topic_type` says `standard` where create_post says `news`.',
  effect: 'reads',
  input: {
    business__in: businessIn,
    summary: text('Words the text contains.').optional(),
    state__in: listOf(STATES, 'States').optional(),
    topic_type: oneOf(['standard', 'event', 'offer', 'alert'], 'Kind of post.').optional(),
    start_datetime: utcDateTime('from', 'Posts from this time on, ISO 8601.').optional(),
    end_datetime: utcDateTime('to', 'Posts up to this time, ISO 8601.').optional(),
    page,
    per_page: perPage(100),
  },
  check: args => inOrder(args, 'start_datetime', 'end_datetime'),
  output: numberedList('posts', post),
  view: { rows: 'posts', columns: POST_COLUMNS, summarize: summarizePost },
  run: async (args, { partoo }) => toNumberedList('posts', await partoo.posts.search(args), args.page),
});
