import type { Mutation } from './run.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests change any JSON
type Json = any;

const renamed = (from: string, to: string) => (json: Json) => {
  const { [from]: value, ...others } = json;
  return value === undefined ? json : { ...others, [to]: value };
};

/** Changes each row of a list. */
const each = (list: string, change: (row: Json) => Json) => (json: Json) => {
  if (Array.isArray(json[list])) json[list] = json[list].map((row: Json) => change(row) ?? row);
};

const without = (list: string, field: string) => each(list, ({ [field]: _, ...row }) => row);

/** Differences that a Partoo could have, each with the beliefs that are then wrong. */
export const MUTATIONS: [string, Mutation, string[]][] = [
  // Lists and envelopes
  [
    'another name of a list',
    { path: '/presence_analytics/metrics', answer: renamed('metrics', 'data') },
    ['analytics.profile.list'],
  ],
  ['a bare list', { path: '/posts', answer: json => json.posts }, ['posts.list']],
  [
    'a map for a list',
    { path: '/reviews', answer: json => ({ ...json, reviews: { a: 1 } }) },
    ['reviews.list'],
  ],
  [
    'no count',
    { path: '/conversations', answer: renamed('count', 'total') },
    ['messages.conversations.counts'],
  ],
  [
    'max_page as text',
    { path: '/posts', answer: json => ({ ...json, max_page: String(json.max_page) }) },
    ['posts.counts'],
  ],
  [
    'an envelope around one',
    { path: /^\/business\/(?!search)/, answer: json => ({ business: json }) },
    ['businesses.one', 'businesses.one.code'],
  ],
  [
    'another path',
    { path: '/messages', status: { code: 404, body: { error: { json: 'Resource not found' } } } },
    ['messages.list'],
  ],
  [
    'an envelope around a bare list',
    { path: '/messaging/templates', answer: json => ({ templates: json }) },
    ['messages.templates'],
  ],
  // Fields
  ['a field less', { path: '/reviews', answer: without('reviews', 'rating') }, ['reviews.fields']],
  [
    'a renamed field',
    { path: '/posts', answer: each('posts', renamed('post_insight', 'insights')) },
    ['posts.fields'],
  ],
  [
    'a number as text',
    {
      path: '/presence_analytics/metrics',
      answer: each('metrics', row => ({ ...row, call_clicks: `${row.call_clicks}` })),
    },
    ['analytics.profile.row'],
  ],
  [
    'times with milliseconds since the epoch',
    {
      path: '/business/search',
      answer: each('businesses', row => ({ ...row, created: row.created * 1000 })),
    },
    ['businesses.fields'],
  ],
  [
    'dates of messages in another zone',
    {
      path: '/messages',
      answer: each('messages', row => ({ ...row, date: row.date.replace('+00:00', '+02:00') })),
    },
    ['messages.fields'],
  ],
  [
    'a list of replies',
    {
      path: '/reviews',
      answer: each('reviews', row => ({ ...row, comments: row.comments && [row.comments] })),
    },
    ['reviews.reply'],
  ],
  [
    'another word',
    {
      path: '/messages',
      answer: each('messages', row => ({ ...row, sender_type: row.sender_type.toUpperCase() })),
    },
    ['messages.sender'],
  ],
  [
    'stars out of a hundred',
    { path: '/reviews', answer: each('reviews', row => ({ ...row, rating: row.rating && row.rating * 20 })) },
    ['reviews.rating', 'reviews.filter.stars'],
  ],
  [
    'hours in another form',
    {
      path: '/business/search',
      answer: each('businesses', row => ({
        ...row,
        open_hours: { ...row.open_hours, monday: [{ from: '10:00' }] },
      })),
    },
    ['businesses.open_hours'],
  ],
  [
    'user without organization',
    { path: '/user/me', answer: renamed('org_id', 'organization') },
    ['account.me.organization'],
  ],
  // Filters
  ...(
    [
      ['/business/search', 'city', 'businesses.filter.city'],
      ['/business/search', 'business__in', 'businesses.filter.ids'],
      ['/business/search', 'code', 'businesses.filter.code'],
      ['/reviews', 'partner__in', 'reviews.filter.partner'],
      ['/reviews', 'update_date__gte', 'reviews.filter.update_date__gte'],
      ['/reviews', 'business__notin', 'reviews.filter.business.not'],
      ['/reviews', 'tags__isnull', 'reviews.filter.tags__isnull'],
      ['/conversations', 'business__in', 'messages.conversations.filter.business'],
      ['/posts', 'summary', 'posts.filter.summary'],
      ['/posts', 'state__in', 'posts.filter.state'],
      ['/review_analytics/metrics', 'business__in', 'analytics.reviews.filter.business'],
      ['/presence_analytics/metrics', 'filter_date__gte', 'analytics.profile.filter.time'],
      ['/presence_analytics/metrics', 'city', 'analytics.profile.filter.city'],
    ] as const
  ).flatMap(([path, name, id]): [string, Mutation, string[]][] => [
    [`${path} ignores ${name}`, { path, ignores: name }, [id]],
    [`${path} refuses ${name}`, { path, refuses: name }, [id]],
  ]),
  [
    'state__in is ignored',
    { path: '/reviews', ignores: 'state__in' },
    ['reviews.filter.state.treated', 'reviews.filter.state.not_treated', 'reviews.filter.state.deleted'],
  ],
  // Order and pages
  ['order_by is ignored', { path: '/business/search', ignores: 'order_by' }, ['businesses.order']],
  ['order_by of reviews is ignored', { path: '/reviews', ignores: 'order_by' }, ['reviews.order']],
  ['a page that never turns', { path: '/posts', ignores: 'page' }, ['posts.pages']],
  [
    'a cursor that is ignored',
    { path: '/conversations', ignores: 'cursor' },
    ['messages.conversations.cursor'],
  ],
  [
    'a metric that is refused',
    { path: '/presence_analytics/keywords', refuses: 'branded' },
    ['analytics.keywords.branded'],
  ],
  // Errors
  [
    'another status for an unknown business',
    { path: /^\/business\/0+$/, status: { code: 400, body: {} } },
    ['errors.404'],
  ],
  [
    'another body of a 404',
    { path: /^\/business\/0+$/, refusal: () => ({ message: 'Not here' }) },
    ['errors.404'],
  ],
  ['another body of a 400', { path: '/reviews', refusal: () => ({ detail: 'Bad request' }) }, ['errors.400']],
  [
    'another body of a 401',
    { path: '/user/me', refusal: () => ({ message: 'Unauthorized' }) },
    ['errors.401'],
  ],
  [
    'a 403 with another body',
    { path: '/org/1', status: { code: 403, body: { message: 'No' } } },
    ['errors.403'],
  ],
  [
    'a 429 without Retry-After',
    { path: '/org/1', status: { code: 429, body: {}, times: 1 } },
    ['errors.429'],
  ],
  [
    'a 429 for an hour',
    { path: '/org/1', status: { code: 429, body: {}, headers: { 'retry-after': '3600' }, times: 1 } },
    ['errors.429'],
  ],
];
