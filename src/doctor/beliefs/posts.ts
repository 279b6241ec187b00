import { LINKING_CTAS } from '../../partoo/api/posts.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import type { Build } from '../asking/probe.ts';
import type { Belief, CodePlace } from '../checks/belief.ts';
import { hasFields, hasWords, inside, rowsIn } from '../checks/fields.ts';
import { narrows, narrowsTo } from '../checks/filters.ts';
import { hasCounts, hasList, type Row } from '../checks/lists.ts';
import { acceptsPerPage, pages } from '../checks/pages.ts';

const API = 'src/partoo/api/posts.ts';
const COLUMNS = 'src/tools/posts/post-columns.ts';
const LIST = 'posts';
const STATES = ['live', 'to_configure', 'pending', 'scheduled', 'error', 'expired', 'to_validate'];
const TYPES = ['news', 'standard', 'event', 'offer', 'alert'];
type Query = Parameters<Partoo['posts']['search']>[0];

const search =
  (query: Query = {}): Build =>
  partoo =>
    partoo.posts.search({ page: 1, per_page: 100, ...query });

const ALL = search();
const rows = rowsIn(ALL, LIST);
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const statesOf = ({ post_status }: Row) =>
  Array.isArray(post_status) ? post_status.map(status => String(status?.state)) : [];

const byTopic = (word: string, types: string[]): Belief => ({
  id: `posts.filter.topic.${word}`,
  says: `topic_type=${word === 'news' ? 'standard' : word} returns only posts of this kind`,
  grade: 'O',
  code: word === 'news' ? `${API}#'standard'` : `${API}#topic_type`,
  check: narrows({
    list: LIST,
    all: ALL,
    some: search({ topic_type: word }),
    fits: row => types.includes(String(row.post_type)),
  }),
});

const byTime = (name: 'start_datetime' | 'end_datetime'): Belief => ({
  id: `posts.filter.${name}`,
  says: `${name} leaves posts out, by a time in UTC without a zone`,
  grade: 'O',
  code: `${API}#${name}` as CodePlace,
  check: narrowsTo(
    LIST,
    ALL,
    row => text(row.created_at)?.slice(0, 19).replace(' ', 'T'),
    value => search({ [name]: value }),
  ),
});

export const posts: Belief[] = [
  {
    id: 'posts.list',
    says: 'GET /posts answers with a list posts',
    grade: 'D',
    code: `${API}#'/posts', 'posts'`,
    check: hasList(ALL, LIST),
  },
  {
    id: 'posts.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(ALL, LIST, ['page', 'max_page', 'count']),
  },
  {
    id: 'posts.pages',
    says: 'page starts at 1, and page 2 goes on',
    grade: 'D',
    code: `${API}#page?:`,
    check: pages(
      LIST,
      (page, per_page) => search({ page, per_page }),
      row => row.id,
    ),
  },
  {
    id: 'posts.per_page',
    says: 'per_page may be 100',
    grade: 'D',
    code: `${API}#per_page?:`,
    check: acceptsPerPage(LIST, ALL, 100),
  },
  {
    id: 'posts.filter.business',
    says: 'business__in returns only posts of these businesses',
    grade: 'D',
    code: `${API}#business__in?:`,
    check: narrowsTo(
      LIST,
      ALL,
      row => text(row.business_id),
      value => search({ business__in: [value] }),
      (row, value) => row.business_id === value,
    ),
  },
  {
    id: 'posts.filter.state',
    says: 'state__in returns only posts in these states on some platform',
    grade: 'O',
    code: `${API}#state__in`,
    check: narrowsTo(
      LIST,
      ALL,
      row => statesOf(row)[0],
      value => search({ state__in: [value] }),
      (row, value) => statesOf(row).includes(value),
    ),
  },
  {
    id: 'posts.filter.summary',
    says: 'summary returns only posts whose text contains it',
    grade: 'O',
    code: `${API}#summary?:`,
    check: narrowsTo(
      LIST,
      ALL,
      row => /\p{L}{5,}/u.exec(String(row.summary ?? ''))?.[0],
      value => search({ summary: value }),
      (row, value) => String(row.summary).toLowerCase().includes(value.toLowerCase()),
    ),
  },
  byTopic('news', ['news', 'standard']),
  byTopic('event', ['event']),
  byTopic('offer', ['offer']),
  byTopic('alert', ['alert']),
  byTime('start_datetime'),
  byTime('end_datetime'),
  {
    id: 'posts.fields',
    says: 'a post has the documented fields',
    grade: 'D',
    code: `${COLUMNS}#export const post`,
    check: hasFields(rows, {
      id: 'integer',
      business_id: 'businessId',
      post_type: 'text',
      summary: 'text',
      schedule_time: 'utcTime?',
      expiration_time: 'utcTime?',
      created_at: 'utcTime',
      created_on_partoo: 'boolean?',
      cta_type: 'text?',
      cta_link: 'text?',
      offer_code: 'text?',
      offer_terms: 'text?',
      post_status: 'list',
      post_insight: 'list',
      post_medias: 'list',
    }),
  },
  {
    id: 'posts.status',
    says: 'post_status has name, state and link for each platform',
    grade: 'D',
    code: `${COLUMNS}#post_status: out.rows`,
    check: hasFields(inside(rows, 'post_status'), { name: 'text', state: 'text', link: 'text?' }),
  },
  {
    id: 'posts.state',
    says: `a state is one of ${STATES.join(', ')}`,
    grade: 'O',
    code: 'src/tools/posts/search-posts.ts#STATES',
    check: hasWords(inside(rows, 'post_status'), 'state', STATES),
  },
  {
    id: 'posts.insight',
    says: 'post_insight has name, view_count and click_count',
    grade: 'D',
    code: `${COLUMNS}#post_insight: out.rows`,
    check: hasFields(inside(rows, 'post_insight'), {
      name: 'text',
      view_count: 'integer',
      click_count: 'integer',
    }),
  },
  {
    id: 'posts.type',
    says: `a post_type is one of ${TYPES.join(', ')}`,
    grade: 'O',
    code: 'src/tools/posts/search-posts.ts#topic_type',
    check: hasWords(rows, 'post_type', TYPES),
  },
  {
    id: 'posts.button',
    says: 'a cta_type is a word that a new post takes',
    grade: 'D',
    code: `${API}#LINKING_CTAS`,
    check: hasWords(rows, 'cta_type', [...LINKING_CTAS, 'call', 'no_cta']),
  },
  {
    id: 'posts.platform',
    says: 'post_status and post_insight name the platforms as a new post does',
    grade: 'D',
    code: 'src/tools/posts/find-posts.ts#publishers.every',
    check: async probe => {
      const names = ['google_my_business', 'facebook', 'instagram'];
      const status = await hasWords(inside(rows, 'post_status'), 'name', names)(probe);
      if (status.outcome !== 'confirmed') return status;
      return hasWords(inside(rows, 'post_insight'), 'name', names)(probe);
    },
  },
];
