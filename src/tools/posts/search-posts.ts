import { defineTool } from '../definition/define-tool.ts';
import { inOrder } from '../definition/rules.ts';
import { listOf, oneOf, text, utcDateTime } from '../fields/index.ts';
import { businessIn, POST_TYPE_ALIASES, page, perPage } from '../fields/shared.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';
import { POST_COLUMNS, post, postSummary } from './post-columns.ts';

const STATES = ['live', 'to_configure', 'pending', 'scheduled', 'error', 'expired', 'to_validate'] as const;

export const searchPosts = defineTool({
  name: 'search_posts',
  title: 'Search posts',
  description:
    'Find posts on Google, Facebook and Instagram and their state there: shows whether a post from create_post ' +
    'is live. Full rows have links, views and clicks, but not the title and dates of an event.',
  effect: 'reads',
  uiResource: 'posts',
  returnsIds: 'the post_id for update_post and delete_post',
  input: {
    business__in: businessIn,
    summary: text('Words in the text.').optional(),
    state__in: listOf(STATES, 'States (to_validate: a draft)').optional(),
    topic_type: oneOf(['news', 'event', 'offer', 'alert'], 'Kind of post.', {
      aliases: POST_TYPE_ALIASES,
    }).optional(),
    start_datetime: utcDateTime('from', 'From, UTC; Partoo does not say of which date.').optional(),
    end_datetime: utcDateTime('to', 'Until, UTC.').optional(),
    page,
    per_page: perPage(100),
  },
  check: args => inOrder(args, 'start_datetime', 'end_datetime'),
  output: numberedList('posts', post),
  view: {
    rows: 'posts',
    businessOf: ({ business_id }) => business_id,
    columns: POST_COLUMNS,
    summary: postSummary,
  },
  run: async (args, { partoo }) => toNumberedList('posts', await partoo.posts.search(args), args),
});
