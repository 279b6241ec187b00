import type { Partoo } from '../../partoo/partoo.ts';
import type { Build } from '../asking/probe.ts';
import type { Belief, CodePlace } from '../checks/belief.ts';
import { everyRow, hasFields, hasWords, inside, rowsIn } from '../checks/fields.ts';
import { narrows, narrowsTo, searches } from '../checks/filters.ts';
import { hasCounts, hasList, type Row, rowsOf } from '../checks/lists.ts';
import { acceptsPerPage, pages, sorts } from '../checks/pages.ts';
import { Contradicted, confirmed, NotTested } from '../model/verdict.ts';

const API = 'src/partoo/api/reviews/reviews.ts';
const COLUMNS = 'src/tools/reviews/review-columns.ts';
const LIST = 'reviews';
type Query = Parameters<Partoo['reviews']['search']>[0];

const search =
  (query: Query = {}): Build =>
  partoo =>
    partoo.reviews.search({ page: 1, per_page: 100, ...query });

const ALL = search();
const rows = rowsIn(ALL, LIST);
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const seconds = (value: unknown) => text(value)?.slice(0, 19).replace(' ', 'T');

const PARTNERS = ['google_my_business', 'facebook', 'tripadvisor'];

type StarFilter = 'gmb_rating__in' | 'tripadvisor_rating__in';

const byStars = (id: string, name: StarFilter, partner: string, platform: string): Belief => {
  const on = { partner__in: [partner] };
  const isOn = (row: Row) => row.partner === partner;
  return {
    id,
    says: `${name} returns only ${platform} reviews with these stars`,
    grade: 'T',
    code: `${API}#${name}` as CodePlace,
    check: narrowsTo(
      LIST,
      search(on),
      row => (isOn(row) && typeof row.rating === 'number' ? String(row.rating) : undefined),
      value => search({ ...on, [name]: [value] }),
      (row, value) => !isOn(row) || String(row.rating) === value,
    ),
  };
};

const byRecommendation = (recommended: 'true' | 'false'): Belief => ({
  id: `reviews.filter.recommended.${recommended}`,
  says: `recommended__in=${recommended} returns only Facebook reviews with recommended ${recommended}`,
  grade: 'T',
  code: `${API}#recommended__in`,
  check: narrows({
    list: LIST,
    all: search({ partner__in: ['facebook'] }),
    some: search({ partner__in: ['facebook'], recommended__in: [recommended] }),
    fits: row => String(row.recommended) === recommended,
  }),
});

/** Counts by rating rely on it. */
const leavesOnly = (name: StarFilter | 'recommended__in', value: string, partner: string): Belief => ({
  id: `reviews.filter.platform.${name.split('_')[0]}`,
  says: `${name} leaves no reviews of other platforms`,
  grade: 'I',
  code: 'src/tools/reviews/lookups/count-reviews.ts#leaves no reviews of the others',
  check: async probe => {
    const rows = await rowsOf(probe, search({ [name]: [value] }), LIST);
    const [own, others] = [rows.filter(isOf(partner)), rows.filter(row => !isOf(partner)(row))];
    const field = name === 'recommended__in' ? 'recommended' : 'rating';
    if (own.some(row => String(row[field]) !== value)) throw new NotTested(`${name} is ignored`);
    if (others.length > 0) throw new Contradicted('it returns reviews of other platforms');
    if (own.length === 0) throw new NotTested('no data: no review fits');
    return confirmed();
  },
});

const isOf = (partner: string) => (row: Row) => row.partner === partner;

/** The filter knows three states, rows have five. */
const STATES = {
  treated: ['treated', 'treated_auto_reply'],
  not_treated: ['not_treated', 'pending_auto_reply'],
  deleted: ['deleted'],
};

const byState = ([state, words]: [string, string[]]): Belief => ({
  id: `reviews.filter.state.${state}`,
  says: `state__in=${state} returns only rows that are ${words.join(' or ')}`,
  grade: 'D',
  code: `${API}#state__in`,
  check: narrows({
    list: LIST,
    all: ALL,
    some: search({ state__in: [state] }),
    fits: row => words.includes(String(row.state)),
  }),
});

const byFlag = (
  name: 'content__isnull' | 'tags__isnull',
  grade: 'D' | 'I',
  isNull: (row: Row) => boolean,
): Belief => ({
  id: `reviews.filter.${name}`,
  says: `${name}=true returns only reviews without ${name.startsWith('tags') ? 'tags' : 'text'}`,
  grade,
  code: `${API}#${name}` as CodePlace,
  check: narrows({ list: LIST, all: ALL, some: search({ [name]: true }), fits: isNull }),
});

const byTime = (name: 'update_date__gte' | 'update_date__lte', direction: 1 | -1): Belief => ({
  id: `reviews.filter.${name}`,
  says: `${name} compares update_date, in UTC without a zone`,
  grade: 'D',
  code: `${API}#${name}` as CodePlace,
  check: narrowsTo(
    LIST,
    ALL,
    row => seconds(row.update_date),
    value => search({ [name]: value }),
    (row, value) => direction * String(seconds(row.update_date)).localeCompare(value) >= 0,
  ),
});

export const reviews: Belief[] = [
  {
    id: 'reviews.list',
    says: 'GET /reviews answers with a list reviews',
    grade: 'D',
    code: `${API}#'/reviews', 'reviews'`,
    check: hasList(ALL, LIST),
  },
  {
    id: 'reviews.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(ALL, LIST, ['page', 'max_page', 'count']),
  },
  {
    id: 'reviews.pages',
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
    id: 'reviews.per_page',
    says: 'per_page may be 100',
    grade: 'D',
    code: `${API}#per_page?:`,
    check: acceptsPerPage(LIST, ALL, 100),
  },
  ...Object.entries(STATES).map(byState),
  {
    id: 'reviews.filter.partner',
    says: 'partner__in returns only reviews of these platforms',
    grade: 'D',
    code: `${API}#partner__in`,
    check: narrowsTo(
      LIST,
      ALL,
      row => text(row.partner),
      value => search({ partner__in: [value] }),
      (row, value) => row.partner === value,
    ),
  },
  {
    id: 'reviews.filter.business',
    says: 'business__in returns only reviews of these businesses',
    grade: 'D',
    code: `${API}#business__in`,
    check: narrowsTo(
      LIST,
      ALL,
      row => text(row.business_id),
      value => search({ business__in: [value] }),
      (row, value) => row.business_id === value,
    ),
  },
  {
    id: 'reviews.filter.business.not',
    says: 'business__notin leaves out reviews of these businesses',
    grade: 'D',
    code: `${API}#business__notin`,
    check: narrowsTo(
      LIST,
      ALL,
      row => text(row.business_id),
      value => search({ business__notin: [value] }),
      (row, value) => row.business_id !== value,
    ),
  },
  {
    id: 'reviews.filter.keywords',
    says: 'keywords returns only reviews with the words, joined by + in a phrase',
    grade: 'D',
    code: `${API}#keywords`,
    check: searches(
      LIST,
      ALL,
      row => /\p{L}{4,} \p{L}{4,}/u.exec(String(row.content ?? ''))?.[0],
      value => search({ keywords: [value] }),
      (row, value) => `${row.title ?? ''} ${row.content ?? ''}`.toLowerCase().includes(value.toLowerCase()),
    ),
  },
  byStars('reviews.filter.stars', 'gmb_rating__in', 'google_my_business', 'Google'),
  byStars('reviews.filter.stars.tripadvisor', 'tripadvisor_rating__in', 'tripadvisor', 'Tripadvisor'),
  byRecommendation('true'),
  byRecommendation('false'),
  leavesOnly('gmb_rating__in', '5', 'google_my_business'),
  leavesOnly('tripadvisor_rating__in', '5', 'tripadvisor'),
  leavesOnly('recommended__in', 'true', 'facebook'),
  byTime('update_date__gte', 1),
  byTime('update_date__lte', -1),
  byFlag(
    'content__isnull',
    'D',
    row => row.content === null || row.content === '' || row.content === undefined,
  ),
  byFlag('tags__isnull', 'I', row => !Array.isArray(row.tags) || row.tags.length === 0),
  {
    id: 'reviews.order',
    says: 'order_by=update_date and -update_date sort by update_date',
    grade: 'D',
    code: `${API}#order_by`,
    check: sorts(
      LIST,
      { up: search({ order_by: 'update_date' }), down: search({ order_by: '-update_date' }) },
      row => seconds(row.update_date),
    ),
  },
  {
    id: 'reviews.fields',
    says: 'a review has the documented fields, and times in UTC without a zone',
    grade: 'D',
    code: `${COLUMNS}#export const review`,
    check: hasFields(rows, {
      id: 'integer',
      business_id: 'businessId',
      partner: 'text',
      author_name: 'text',
      date: 'utcTime',
      update_date: 'utcTime',
      rating: 'number',
      recommended: 'boolean?',
      title: 'text?',
      content: 'text',
      state: 'text',
      link: 'text?',
      tags: 'list',
    }),
  },
  {
    id: 'reviews.partner',
    says: `a partner is one of ${PARTNERS.join(', ')}`,
    grade: 'D',
    code: 'src/tools/reviews/lookups/count-reviews.ts#PARTNERS',
    check: hasWords(rows, 'partner', PARTNERS),
  },
  {
    id: 'reviews.rating',
    says: 'a rating is a number from 0 to 5, or null',
    grade: 'D',
    code: `${COLUMNS}#0 to 5`,
    check: everyRow(
      rows,
      row => (typeof row.rating === 'number' ? row.rating : undefined),
      value => Number(value) >= 0 && Number(value) <= 5,
      'a rating is outside 0 to 5',
    ),
  },
  {
    id: 'reviews.state',
    says: 'a state is one of five words',
    grade: 'D',
    code: `${API}#state__in`,
    check: hasWords(rows, 'state', Object.values(STATES).flat()),
  },
  {
    id: 'reviews.reply',
    says: 'comments is one object, null or absent: the reply',
    grade: 'D',
    code: `${COLUMNS}#Documented as one object`,
    check: everyRow(
      rows,
      row => row.comments,
      value => typeof value === 'object' && !Array.isArray(value),
      'comments is no single object',
    ),
  },
  {
    id: 'reviews.reply.fields',
    says: 'the reply has the fields by which a lost reply is found again',
    grade: 'D',
    code: 'src/tools/reviews/reply-to-review.ts#isTheReply',
    check: hasFields(inside(rows, 'comments'), {
      id: 'integer',
      review_id: 'integer',
      content: 'text',
      created: 'utcTime',
      date: 'utcTime',
      user_id: 'text',
      author_name: 'text',
      is_reply_suggestion: 'boolean',
    }),
  },
  {
    id: 'reviews.tags',
    says: 'a tag has id and label',
    grade: 'D',
    code: `${COLUMNS}#tags: out.rows`,
    check: hasFields(inside(rows, 'tags'), { id: 'integer', label: 'text' }),
  },
];
