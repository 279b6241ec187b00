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

/** Changes each value of a map. */
const eachIn = (map: string, change: (row: Json) => Json) => (json: Json) => {
  json[map] = Object.fromEntries(Object.entries(json[map]).map(([id, row]) => [id, change(row)]));
};

const eachPublisher = (change: (publisher: Json) => Json) =>
  eachIn('businesses', row => {
    eachIn('publishers', change)(row);
    return row;
  });

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
    ['templates.message.list'],
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
    ['reviews.rating', 'reviews.filter.stars', 'reviews.filter.stars.tripadvisor'],
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
  ...(
    [
      ['/sections', 'sections', 'groups.list'],
      ['/categories', 'categories', 'categories.list'],
      ['/reviews/templates/search', 'reply_templates', 'templates.reply.list'],
      ['/sections', 'count', 'groups.counts'],
      ['/categories', 'count', 'categories.counts'],
      ['/reviews/templates/search', 'count', 'templates.reply.counts'],
      ['/presence_analytics/metrics', 'max_page', 'analytics.profile.counts'],
      ['/presence_analytics/keywords', 'max_page', 'analytics.keywords.counts'],
      ['/business/search/stats', 'average_completion_rate', 'presence.completion'],
      ['/sections/71', 'groups', 'groups.one.groups'],
      ['/user/me', 'role', 'account.me.fields'],
      ['/org/1', 'alias', 'account.org.fields'],
    ] as const
  ).map(([path, name, id]): [string, Mutation, string[]] => [
    `another name for ${name} of ${path}`,
    { path, answer: renamed(name, 'other') },
    [id],
  ]),
  ...(
    [
      ['/sections', 'sections', 'name', 'groups.section'],
      ['/sections/71', 'groups', 'name', 'groups.fields'],
      ['/categories', 'categories', 'name', 'categories.fields'],
      ['/reviews/templates/search', 'reply_templates', 'update_date', 'templates.reply.fields'],
    ] as const
  ).map(([path, list, field, id]): [string, Mutation, string[]] => [
    `${path} without ${field}`,
    { path, answer: without(list, field) },
    [id],
  ]),
  [
    'permissions that do not name roles',
    {
      path: '/permissions',
      answer: each('sections', ({ subsections, ...section }) => ({
        ...section,
        subsections: subsections.map(({ permissions, ...rest }: Json) => ({
          ...rest,
          permissions: permissions.map(({ name }: Json) => ({ name })),
        })),
      })),
    },
    ['account.permissions.fields'],
  ],
  [
    'a list of photos',
    { path: '/business/search', answer: each('businesses', row => ({ ...row, photos: { secondary: 'a' } })) },
    ['businesses.photos'],
  ],
  [
    'categories by number',
    { path: '/business/search', answer: each('businesses', row => ({ ...row, categories: [12] })) },
    ['businesses.categories'],
  ],
  [
    'groups by name',
    { path: '/business/search', answer: each('businesses', row => ({ ...row, groups: ['Paris'] })) },
    ['businesses.groups'],
  ],
  [
    'an envelope around a section',
    { path: '/sections/71', answer: json => ({ section: json }) },
    ['groups.one'],
  ],
  [
    'ids of categories without gcid',
    { path: '/categories', answer: each('categories', row => ({ ...row, gmb_id: row.gmb_id.slice(5) })) },
    ['categories.id'],
  ],
  [
    'another state of categories',
    {
      path: '/categories',
      answer: each('categories', row => (row.state === 'OK' ? undefined : { ...row, state: 'OLD' })),
    },
    ['categories.state', 'categories.filter.state.deprecated'],
  ],
  [
    'a list for a map',
    { path: '/publisher_states', answer: json => ({ ...json, businesses: Object.values(json.businesses) }) },
    ['presence.states.map'],
  ],
  [
    'a count of all pages',
    { path: '/publisher_states', answer: json => ({ ...json, count: 50 }) },
    ['presence.states.count'],
  ],
  [
    'a business without its name',
    {
      path: '/publisher_states',
      answer: eachIn('businesses', ({ business_name: _, ...row }) => row),
    },
    ['presence.states.fields'],
  ],
  [
    'a publisher without its state',
    { path: '/publisher_states', answer: eachPublisher(({ state: _, ...publisher }) => publisher) },
    ['presence.states.publisher'],
  ],
  [
    'another state of a publisher',
    {
      path: '/publisher_states',
      answer: eachPublisher(({ state, ...publisher }) => ({ ...publisher, state: state.toUpperCase() })),
    },
    ['presence.states.state', 'presence.states.filter.state'],
  ],
  [
    'another type of error',
    {
      path: '/publisher_states',
      answer: eachPublisher(({ error_type, ...rest }) => ({ ...rest, error_type: error_type && 'OTHER' })),
    },
    ['presence.states.error'],
  ],
  [
    'another name of Google',
    {
      path: '/publisher_states',
      answer: eachIn('businesses', ({ publishers, ...row }) => ({
        ...row,
        publishers: renamed('google_my_business', 'google')(publishers),
      })),
    },
    ['presence.states.publishers'],
  ],
  ['a list of diffusion errors', { path: /^\/diffusion_errors\//, answer: () => [] }, ['presence.errors']],
  [
    'a completion rate from 0 to 1',
    {
      path: '/business/search/stats',
      answer: json => ({ ...json, average_completion_rate: json.average_completion_rate / 100 }),
    },
    ['presence.completion.average'],
  ],
  [
    'counts in percent',
    { path: '/business/search/stats', answer: json => ({ ...json, counts: { low: 0, mid: 20, high: 80 } }) },
    ['presence.completion.total'],
  ],
  [
    'other names of counts',
    {
      path: '/business/search/stats',
      answer: json => ({ ...json, counts: renamed('mid', 'middle')(json.counts) }),
    },
    ['presence.completion.counts'],
  ],
  [
    'placeholders by number',
    { path: '/reviews/templates/placeholders', answer: () => ({ id: 1, value: 'name' }) },
    ['templates.reply.placeholders'],
  ],
  ...(
    [
      ['usage_count', () => 'often', 'templates.message.fields'],
      ['content', () => 'Bonjour {{client_first_name}}', 'templates.message.content'],
      [
        'content',
        (text: string) => text.replaceAll('{{address}}', '{{street}}'),
        'templates.message.placeholders',
      ],
    ] as const
  ).map(([field, change, id]): [string, Mutation, string[]] => [
    `${id} are others`,
    {
      path: '/messaging/templates',
      answer: json => json.map((row: Json) => ({ ...row, [field]: change(row[field]) })),
    },
    [id],
  ]),
  [
    'reviews of another platform',
    {
      path: '/reviews',
      answer: (json, query) => {
        const isFiltered = Object.keys(query).some(name => /partner|rating|recommended/.test(name));
        if (!isFiltered && json.reviews[0]) json.reviews[0].partner = 'yelp';
      },
    },
    ['reviews.partner', 'reviews.filter.partner'],
  ],
  [
    'a last message with another field',
    {
      path: '/conversations',
      answer: each('conversations', row => ({
        ...row,
        last_message: renamed('content', 'text')(row.last_message),
      })),
    },
    ['messages.conversations.last'],
  ],
  [
    'a solved conversation',
    { path: '/conversations', answer: each('conversations', row => ({ ...row, status: 'Solved' })) },
    ['messages.conversations.status'],
  ],
  [
    'a delivered message',
    { path: '/messages', answer: each('messages', row => ({ ...row, status: 'Delivered' })) },
    ['messages.status'],
  ],
  [
    'another type of post',
    {
      path: '/posts',
      answer: each('posts', row =>
        row.post_type === 'alert' ? { ...row, post_type: 'warning' } : undefined,
      ),
    },
    ['posts.type', 'posts.filter.topic.alert'],
  ],
  [
    'another button',
    { path: '/posts', answer: each('posts', row => ({ ...row, cta_type: row.cta_type?.toUpperCase() })) },
    ['posts.button'],
  ],
  [
    'another platform of posts',
    {
      path: '/posts',
      answer: each('posts', row => ({
        ...row,
        post_status: row.post_status.map((status: Json) => ({ ...status, name: 'google' })),
      })),
    },
    ['posts.platform'],
  ],
  ...(
    [
      ['average_rating_distribution', () => [20, 80], 'analytics.reviews.average_distribution'],
      ['rank', String, 'analytics.reviews.rank'],
      ['reply_time', renamed('slow', 'late'), 'analytics.reviews.reply_time'],
    ] as const
  ).map(([metric, change, id]): [string, Mutation, string[]] => [
    `another form of ${metric}`,
    {
      path: '/review_analytics/metrics',
      answer: each('data', ({ metrics, ...row }) => ({
        ...row,
        metrics: metric in metrics ? { ...metrics, [metric]: change(metrics[metric]) } : metrics,
      })),
    },
    [id],
  ]),
  [
    'another field of a business in review metrics',
    {
      path: '/review_analytics/metrics',
      answer: each('data', row => ({
        ...row,
        dimension_info: row.dimension_info && renamed('city', 'town')(row.dimension_info),
      })),
    },
    ['analytics.reviews.info'],
  ],
  [
    'a total by platform',
    {
      path: '/review_analytics/metrics',
      answer: (json, { dimensions }) => {
        if (dimensions === undefined) json.data.push(json.data[0]);
      },
    },
    ['analytics.reviews.total'],
  ],
  [
    'another name of a profile metric',
    { path: '/presence_analytics/metrics', answer: each('metrics', renamed('website_clicks', 'web_clicks')) },
    ['analytics.profile.metrics'],
  ],
  ...(
    [
      ['/presence_analytics/metrics', 'metrics', 'analytics.profile.date'],
      ['/presence_analytics/keywords', 'keywords', 'analytics.keywords.date'],
    ] as const
  ).map(([path, list, id]): [string, Mutation, string[]] => [
    `${path} by month without days`,
    { path, answer: each(list, row => (row.date ? { ...row, date: row.date.slice(0, 7) } : undefined)) },
    [id],
  ]),
  // Filters
  ...(
    [
      ['/business/search', 'city', 'businesses.filter.city'],
      ['/business/search', 'query', 'businesses.filter.query'],
      ['/reviews', 'keywords', 'reviews.filter.keywords'],
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
      ['/presence_analytics/metrics', 'query', 'analytics.profile.filter.query'],
      ['/presence_analytics/metrics', 'filter_date__lte', 'analytics.profile.filter.time.until'],
      ['/presence_analytics/keywords', 'filter_date__gte', 'analytics.keywords.filter.time'],
      ['/presence_analytics/keywords', 'filter_date__lte', 'analytics.keywords.filter.time.until'],
      ['/review_analytics/metrics', 'business__notin', 'analytics.reviews.filter.business.not'],
      ['/review_analytics/metrics', 'groups', 'analytics.reviews.filter.groups'],
      ['/review_analytics/metrics', 'tags', 'analytics.reviews.filter.tags'],
      ['/review_analytics/metrics', 'update_date__lte', 'analytics.reviews.filter.time.until'],
      ['/reviews', 'tripadvisor_rating__in', 'reviews.filter.stars.tripadvisor'],
      ['/reviews/templates/search', 'positive', 'templates.reply.filter.positive'],
      ['/reviews/templates/search', 'neutral', 'templates.reply.filter.neutral'],
      ['/reviews/templates/search', 'negative', 'templates.reply.filter.negative'],
      ['/reviews/templates/search', 'language__in', 'templates.reply.filter.language'],
      ['/reviews/templates/search', 'title_query', 'templates.reply.filter.title'],
      ['/reviews/templates/search', 'text_query', 'templates.reply.filter.text'],
      ['/sections', 'group_name_query', 'groups.filter.name'],
      ['/categories', 'search_query', 'categories.filter.words'],
      ['/categories', 'lang', 'categories.language'],
      ['/publisher_states', 'business__in', 'presence.states.filter.business'],
      ['/publisher_states', 'publishers', 'presence.states.filter.publisher'],
      ['/publisher_states', 'states', 'presence.states.filter.state'],
      ['/business/search/stats', 'business__in', 'presence.completion.filter.business'],
      ['/business/search/stats', 'query', 'presence.completion.filter.query'],
      ['/business/search/stats', 'city', 'presence.completion.filter.city'],
      ['/business/search/stats', 'country', 'presence.completion.filter.country'],
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
  [
    'recommended__in is ignored',
    { path: '/reviews', ignores: 'recommended__in' },
    ['reviews.filter.recommended.true', 'reviews.filter.recommended.false'],
  ],
  [
    'a filter by stars of one platform keeps the others',
    {
      path: '/reviews',
      answer: (json, query) => {
        if (query.gmb_rating__in && !query.partner__in) json.reviews.push({ partner: 'facebook' });
      },
    },
    ['reviews.filter.platform.gmb'],
  ],
  [
    'the state of categories is ignored',
    { path: '/categories', ignores: 'state' },
    ['categories.filter.state.ok', 'categories.filter.state.deprecated'],
  ],
  ['a country that is refused', { path: '/categories', refuses: 'country' }, ['categories.country']],
  [
    'statistics of one status that are of all',
    {
      path: '/business/search/stats',
      answer: (json, { status }) => {
        if (!status?.includes(',')) json.counts.high += 1000;
      },
    },
    ['presence.completion.filter.status'],
  ],
  [
    'an organization that a PROVIDER may not name',
    {
      path: /^\/(user\/me|business\/search)$/,
      refuses: 'org_id',
      answer: json => ('role' in json ? { ...json, role: 'PROVIDER' } : undefined),
    },
    ['businesses.filter.organization'],
  ],
  // Requests that the tools refuse before Partoo does
  [
    'page 101 is served',
    { path: '/business/search', takes: ({ page }) => page === '101' },
    ['businesses.page.last'],
  ],
  [
    'rank without an order is served',
    {
      path: '/review_analytics/metrics',
      takes: ({ metrics, order_by }) => metrics === 'rank' && order_by === undefined,
    },
    ['analytics.reviews.rank.order'],
  ],
  [
    'reply time by tag is served',
    {
      path: '/review_analytics/metrics',
      takes: ({ metrics, dimensions }) => metrics === 'reply_time' && dimensions === 'tag',
    },
    ['analytics.reviews.tag.metrics'],
  ],
  [
    'two periods are served',
    { path: '/presence_analytics/metrics', takes: ({ dimensions }) => dimensions === 'month,year' },
    ['analytics.profile.periods'],
  ],
  [
    'keywords of two businesses are served',
    {
      path: '/presence_analytics/keywords',
      takes: ({ business__in }) => business__in?.includes(',') ?? false,
    },
    ['analytics.keywords.one'],
  ],
  // Order and pages
  [
    'order_by of review metrics is ignored',
    { path: '/review_analytics/metrics', ignores: 'order_by' },
    [
      'analytics.reviews.order',
      'analytics.reviews.order.average_rating',
      'analytics.reviews.order.reply_time',
      'analytics.reviews.order.rating_distribution',
      'analytics.reviews.rank',
    ],
  ],
  [
    'order_by of profile metrics is ignored',
    { path: '/presence_analytics/metrics', ignores: 'order_by' },
    ['analytics.profile.order'],
  ],
  [
    'order_by of keywords is ignored',
    { path: '/presence_analytics/keywords', ignores: 'order_by' },
    ['analytics.keywords.order'],
  ],
  ...(
    [
      ['/categories', 'categories.pages'],
      ['/publisher_states', 'presence.states.pages'],
      ['/review_analytics/metrics', 'analytics.reviews.pages'],
      ['/presence_analytics/metrics', 'analytics.profile.pages'],
      ['/presence_analytics/keywords', 'analytics.keywords.pages'],
    ] as const
  ).map(([path, id]): [string, Mutation, string[]] => [
    `${path} never turns the page`,
    { path, ignores: 'page' },
    [id],
  ]),
  ...(
    [
      ['/sections', 'sections', 'groups.pages'],
      ['/reviews/templates/search', 'reply_templates', 'templates.reply.pages'],
    ] as const
  ).map(([path, list, id]): [string, Mutation, string[]] => [
    `${path} counts pages from 0`,
    { path, answer: json => ({ ...json, page: 0, [list]: [] }) },
    [id],
  ]),
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

/** Differences that only a run with --write finds. */
export const MUTATIONS_OF_WRITES: [string, Mutation, string[]][] = [
  [
    'a dry run that saves',
    { path: /^\/business\/\w+$/, answer: json => ({ ...json, modified: Math.random() }) },
    ['writes.dry_run'],
  ],
  [
    'a dry run that takes no fields',
    { path: /^\/diffusion_errors\//, status: { code: 400, body: {} } },
    ['writes.dry_run'],
  ],
  [
    'a change of state that answers without the review',
    { path: /^\/reviews\/\d+$/, answer: () => ({ status: 'success' }) },
    ['writes.review_state'],
  ],
  [
    'an envelope around a suggestion',
    { path: /fetch-suggestion/, answer: json => ({ suggestion: json }) },
    ['writes.suggestion'],
  ],
  [
    'a suggestion with another field',
    { path: /fetch-suggestion/, answer: renamed('content', 'text') },
    ['writes.suggestion.fields'],
  ],
  [
    'another suggestion each time',
    { path: /fetch-suggestion/, answer: json => ({ ...json, id: Math.ceil(Math.random() * 1e9) }) },
    ['writes.suggestion.kept'],
  ],
];
