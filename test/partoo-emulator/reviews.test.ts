import { describe, expect, test } from 'vitest';
import {
  ANSWERED,
  ANSWERED_ON_FACEBOOK,
  DELETED,
  fieldsOf,
  LYON_1,
  start,
  UNANSWERED,
  UNANSWERED_IN_LYON,
} from './start.ts';

interface Review {
  id: number;
  update_date: string;
  title: string | null;
  content: string | null;
  comments: { id: number; content: string; user_id: string } | null;
  state: string;
  partner: string;
  rating: number | null;
  recommended: boolean | null;
}

type Get = Awaited<ReturnType<typeof start>>['get'];

async function allReviews(get: Get, query = ''): Promise<Review[]> {
  const reviews: Review[] = [];
  for (let page = 1, last = 1; page <= last; page++) {
    const { body } = await get(`/reviews?per_page=100&page=${page}${query}`);
    reviews.push(...body.reviews);
    last = body.max_page;
  }
  return reviews;
}

describe('review search', () => {
  test('returns a thousand reviews once each, newest first by default', async () => {
    const { get } = await start();
    const reviews = await allReviews(get);
    expect(new Set(reviews.map(({ id }) => id)).size).toBe(1000);
    const dates = reviews.map(({ update_date }) => update_date);
    expect(dates).toEqual([...dates].sort().reverse());
    const oldest = await allReviews(get, '&order_by=update_date');
    expect(oldest.map(({ update_date }) => update_date)).toEqual([...dates].reverse());
  });

  test.each([
    ['state__in=treated', 512],
    ['state__in=not_treated', 470],
    ['state__in=deleted', 18],
    ['state__in=treated,not_treated,deleted', 1000],
    ['partner__in=facebook', 110],
    ['partner__in=facebook,tripadvisor', 163],
    ['gmb_rating__in=1,2,3,4,5', 837],
    ['recommended__in=true,false', 110],
    ['content__isnull=true', 159],
    ['content__isnull=false', 841],
    ['tags__isnull=true', 808],
    ['update_date__gte=2999-01-01T00:00:00', 0],
    ['update_date__lte=2999-01-01T00:00:00', 1000],
  ])('with %s finds %i reviews', async (query, count) => {
    const { get } = await start();
    expect((await get(`/reviews?${query}`)).body.count).toBe(count);
  });

  test('finds any of several keywords, and phrases as a whole', async () => {
    const { get } = await start();
    const one = await allReviews(get, '&keywords=brunch');
    const phrase = await allReviews(get, '&keywords=excellent+coffee,trato+exquisito');
    const both = await allReviews(get, '&keywords=brunch,trato+exquisito');
    for (const { title, content } of one) expect(`${title} ${content}`).toMatch(/brunch/i);
    for (const { title, content } of phrase) expect(`${title} ${content}`).toMatch(/Trato exquisito/);
    expect(phrase.length).toBeGreaterThan(0);
    expect(both.length).toBeGreaterThan(Math.max(one.length, phrase.length));
  });

  test('returns recommendations from Facebook and ratings from other platforms', async () => {
    const { get } = await start();
    for (const review of await allReviews(get)) {
      const onFacebook = review.partner === 'facebook';
      expect(review.rating === null).toBe(onFacebook);
      expect(review.recommended !== null).toBe(onFacebook);
    }
  });

  test.each([
    ['sort=date', ['sort']],
    ['state__in=open', ['state__in.0']],
    ['partner__in=google', ['partner__in.0']],
    ['update_date__gte=2026-01-01', ['update_date__gte']],
    ['update_date__gte=2026-01-01T00:00:00Z', ['update_date__gte']],
    ['content__isnull=1', ['content__isnull']],
    ['order_by=rating', ['order_by']],
    ['per_page=0', ['per_page']],
    ['keywords=a,,b', ['keywords']],
  ])('refuses %s', async (query, fields) => {
    const { get } = await start();
    const response = await get(`/reviews?${query}`);
    expect(response.status).toBe(400);
    expect(fieldsOf(response)).toEqual(fields);
  });
});

describe('a reply', () => {
  const find = async (get: Get, id: number) => (await allReviews(get)).find(review => review.id === id);

  test('is returned with its review, which becomes treated', async () => {
    const { get, post } = await start();
    const before = await find(get, UNANSWERED);
    expect(before).toMatchObject({ state: 'not_treated', comments: null });
    const response = await post('/comments', { review_id: UNANSWERED, content: 'Merci !' });
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ review_id: UNANSWERED, content: 'Merci !', parent_id: null });
    const me = (await get('/user/me')).body.id;
    const after = await find(get, UNANSWERED);
    expect(after).toMatchObject({ state: 'treated', comments: { content: 'Merci !', user_id: me } });
    expect(after?.update_date).toBe(before?.update_date);
  });

  test('is refused when the review already has one', async () => {
    const { get, post } = await start();
    const before = await find(get, ANSWERED);
    const response = await post('/comments', { review_id: ANSWERED, content: 'Encore merci' });
    expect(response.status).toBe(400);
    expect(fieldsOf(response)).toEqual(['review_id']);
    expect(await find(get, ANSWERED)).toEqual(before);
  });

  test('on Facebook can be continued below it', async () => {
    const { get, post } = await start();
    const parent_id = (await find(get, ANSWERED_ON_FACEBOOK))?.comments?.id;
    const body = { review_id: ANSWERED_ON_FACEBOOK, content: 'Et à bientôt', parent_id };
    expect((await post('/comments', body)).status).toBe(200);
    expect(await find(get, ANSWERED_ON_FACEBOOK)).toMatchObject({
      comments: { replies: [{ content: 'Et à bientôt', parent_id }] },
    });
  });

  test('to a deleted review is refused', async () => {
    const { post } = await start();
    expect((await post('/comments', { review_id: DELETED, content: 'Merci' })).status).toBe(400);
  });

  test('to an unknown review or one of another organization gets 404, to an inaccessible one 403', async () => {
    const { post } = await start();
    expect((await post('/comments', { review_id: 1, content: 'x' })).status).toBe(404);
    expect((await post('/comments', { review_id: UNANSWERED, content: 'x' }, 'demo-other')).status).toBe(404);
    expect((await post('/comments', { review_id: UNANSWERED, content: 'x' }, 'demo-manager')).status).toBe(
      403,
    );
    const inReach = await post('/comments', { review_id: UNANSWERED_IN_LYON, content: 'x' }, 'demo-manager');
    expect(inReach.status).toBe(200);
  });

  test.each([
    [{ content: 'x' }, ['review_id']],
    [{ review_id: '1', content: 'x' }, ['review_id']],
    [{ review_id: 1, content: '  ' }, ['content']],
    [{ review_id: 1, content: 'x', text: 'y' }, ['text']],
  ])('is refused for %j', async (body, fields) => {
    const { post } = await start();
    const response = await post('/comments', body);
    expect(response.status).toBe(400);
    expect(fieldsOf(response)).toEqual(fields);
  });
});

describe('reply templates', () => {
  const template = {
    language: 'fr',
    title: 'Bravo',
    text: 'Merci @[](client_first_name)',
    positive: true,
    neutral: false,
    negative: false,
  };

  test('are found by their organization', async () => {
    const { get, post } = await start();
    const created = (await post('/reviews/template', template)).body;
    expect(created).toMatchObject({ ...template, id: expect.any(Number), org_id: 1 });
    expect((await get('/reviews/templates/search')).body.reply_templates).toContainEqual(created);
    expect((await get('/reviews/templates/search', 'demo-other')).body.reply_templates).not.toContainEqual(
      created,
    );
  });

  test('may contain only the listed placeholders', async () => {
    const { get, post } = await start();
    expect((await get('/reviews/templates/placeholders')).body.placeholders).toContain('business_name');
    const response = await post('/reviews/template', { ...template, text: 'Merci @[](dog_name)' });
    expect(fieldsOf(response)).toEqual(['text']);
  });

  test('require every field', async () => {
    const { post } = await start();
    expect(fieldsOf(await post('/reviews/template', {}))).toEqual(Object.keys(template).sort());
    expect(fieldsOf(await post('/reviews/template', { ...template, language: 'jp' }))).toEqual(['language']);
  });
});

test('review metrics include new replies', async () => {
  const { get, post } = await start();
  const path = `/review_analytics/metrics?metrics=reply_time,reviews_count&business__in=${LYON_1}`;
  const [before] = (await get(path)).body.data;
  const { reviews } = (await get(`/reviews?state__in=not_treated&business__in=${LYON_1}`)).body;
  await post('/comments', { review_id: reviews[0].id, content: 'Merci' });
  const [after] = (await get(path)).body.data;
  expect(after.metrics.reply_time.not_replied).toBe(before.metrics.reply_time.not_replied - 1);
  expect(after.metrics.reviews_count).toBe(before.metrics.reviews_count);
});
