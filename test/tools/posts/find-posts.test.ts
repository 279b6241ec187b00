import { describe, expect, test } from 'vitest';
import type { NewPost } from '../../../src/partoo/api/posts.ts';
import { isBetween } from '../../../src/tools/outputs/times.ts';
import { findPosts } from '../../../src/tools/posts/find-posts.ts';

const SINCE = new Date('2050-01-01T10:00:00Z');
const ID = 'c4be7993f4425413233d77d3';
const OTHER = 'ffffffffffffffffffffffff';

const asked: NewPost = {
  business__in: [ID],
  publishers: ['google_my_business', 'instagram'],
  post_type: 'event',
  summary: 'Open day',
  title: 'Tasting',
  image_url: ['https://cdn.example.com/a.jpg'],
  cta_type: 'learn_more',
  cta_link: 'https://example.com/open-day',
  start_at: '2050-02-01T09:00:00',
  end_at: '2050-02-01T18:00:00',
};

/** The requested post, as Partoo returns it. */
const made = {
  id: 45,
  business_id: ID,
  post_type: 'event',
  summary: 'Open day',
  schedule_time: null,
  expiration_time: null,
  post_medias: [{ media_url: ['https://cdn.partoo.example/1.jpg'] }],
  created_at: '2050-01-01T10:00:02',
  created_on_partoo: true,
  post_status: [
    { name: 'instagram', state: 'pending' },
    { name: 'google_my_business', state: 'live' },
  ],
  offer_terms: null,
  offer_code: null,
  cta_link: 'https://example.com/open-day',
  cta_type: 'learn_more',
};

const find = (rows: unknown[], more: Partial<NewPost> = {}, claimed: unknown[] = []) =>
  findPosts(
    rows,
    { ...asked, ...more },
    {
      isNew: date => isBetween(date, SINCE.getTime(), SINCE.getTime() + 10_000),
      isClaimed: id => claimed.includes(id),
    },
  );

test('a post with every field as requested is found', () => {
  expect(find([null, { ...made, id: 44, summary: 'Closed day' }, made])).toEqual([
    { post_id: 45, business_id: ID },
  ]);
});

describe('a post is not the requested one', () => {
  test.each([
    ['of another text', { summary: 'Open day and night' }],
    ['made before', { created_at: '2050-01-01T09:59:00' }],
    ['of another kind', { post_type: 'offer' }],
    ['of another business', { business_id: OTHER }],
    ['on fewer platforms', { post_status: [{ name: 'instagram', state: 'live' }] }],
    ['on another platform', { post_status: [...made.post_status, { name: 'facebook', state: 'live' }] }],
    [
      'that is a draft',
      { post_status: made.post_status.map(({ name }) => ({ name, state: 'to_validate' })) },
    ],
    ['that failed', { post_status: made.post_status.map(({ name }) => ({ name, state: 'error' })) }],
    ['that is scheduled', { schedule_time: '2050-01-02T10:00:00' }],
    ['with another end', { expiration_time: '2050-01-03T10:00:00' }],
    ['with another button', { cta_type: 'book' }],
    ['with another link', { cta_link: 'https://example.com/other' }],
    ['with a coupon', { offer_code: 'TEN' }],
    ['with terms', { offer_terms: 'Once' }],
    ['without an image', { post_medias: [] }],
    ['with another title, where Partoo tells it', { title: 'Concert' }],
    ['of another day, where Partoo tells it', { start_at: '2050-02-02T09:00:00' }],
    ['that was not made through Partoo', { created_on_partoo: false }],
  ])('%s', (_, difference) => {
    expect(find([{ ...made, ...difference }])).toBeUndefined();
  });

  test('if another write has made it', () => {
    expect(find([made], {}, [45])).toBeUndefined();
    expect(find([made, { ...made, id: 46 }], {}, [45])).toEqual([{ post_id: 46, business_id: ID }]);
  });

  test('if several fit, or one business has none', () => {
    expect(find([made, { ...made, id: 46 }])).toBeUndefined();
    expect(find([made], { business__in: [ID, OTHER] })).toBeUndefined();
  });
});

describe('a post is found in every format of Partoo', () => {
  test.each([
    ['its end by that of its event', { expiration_time: '2050-02-01 18:00:00' }, {}],
    [
      'its time with a zone',
      { schedule_time: '2050-01-02T11:00:00.123+01:00', ...scheduled() },
      { schedule_time: '2050-01-02T10:00:00' },
    ],
    ['no button', { cta_type: null, cta_link: null }, { cta_type: undefined, cta_link: undefined }],
    [
      'no button by its name',
      { cta_type: 'no_cta', cta_link: null },
      { cta_type: undefined, cta_link: undefined },
    ],
    ["the business's own link", { cta_link: 'https://example.com' }, { cta_link: undefined }],
    ['a link with its slash', { cta_link: 'https://example.com/' }, { cta_link: 'https://example.com' }],
    ['news', { post_type: 'standard' }, { post_type: 'news' }],
    [
      'a draft with an end of its own',
      { expiration_time: '2050-01-31T10:00:00', ...draft() },
      { is_draft: true },
    ],
  ])('%s', (_, row, post) => {
    expect(find([{ ...made, ...row }], post)).toEqual([{ post_id: 45, business_id: ID }]);
  });
});

function scheduled() {
  return { post_status: made.post_status.map(({ name }) => ({ name, state: 'scheduled' })) };
}
function draft() {
  return { post_status: made.post_status.map(({ name }) => ({ name, state: 'to_validate' })) };
}
