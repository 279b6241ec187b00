import { describe, expect, test } from 'vitest';
import { fieldsOf, LYON_1, PARIS_1, RENNES_1, send, start } from './start.ts';

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 19);

const body = (data: object = {}, rest: object = {}) => ({
  business_search: { business__in: [LYON_1] },
  publishers: ['google_my_business'],
  data: { post_type: 'news', summary: 'Du pain tout chaud', ...data },
  ...rest,
});

describe('post search', () => {
  test.each([
    ['', 80],
    ['state__in=live', 20],
    ['state__in=to_validate,scheduled', 20],
    ['start_datetime=2999-01-01', 0],
    ['end_datetime=2999-01-01T00:00:00', 80],
    ['summary=no%20such%20words', 0],
  ])('with %j finds %i posts', async (query, count) => {
    const { get } = await start();
    expect((await get(`/posts?${query}`)).body.count).toBe(count);
  });

  test('finds every post under one topic', async () => {
    const { get } = await start();
    const counts = ['standard', 'event', 'offer', 'alert'].map(
      async topic => (await get(`/posts?topic_type=${topic}`)).body.count as number,
    );
    const found = await Promise.all(counts);
    expect(Math.min(...found)).toBeGreaterThan(0);
    expect(found.reduce((sum, count) => sum + count)).toBe(80);
  });

  test('finds a part of the summary', async () => {
    const { get } = await start();
    const { posts } = (await get('/posts?summary=LEVAIN')).body;
    expect(posts.length).toBeGreaterThan(0);
    for (const { summary } of posts) expect(summary).toContain('levain');
  });

  test.each([
    ['topic_type=news', ['topic_type']],
    ['state__in=draft', ['state__in.0']],
    ['per_page=101', ['per_page']],
    ['order_by=id', ['order_by']],
    ['start_datetime=yesterday', ['start_datetime']],
  ])('refuses %s', async (query, fields) => {
    const { get } = await start();
    expect(fieldsOf(await get(`/posts?${query}`))).toEqual(fields);
  });
});

describe('post creation', () => {
  test('creates one post for each business', async () => {
    const { get, post } = await start();
    const response = await post('/posts', body({}, { business_search: { business__in: [LYON_1, PARIS_1] } }));
    const [first, second] = response.body.data;
    expect(response.body).toMatchObject({ status: 'success', ids: `${first.post_id},${second.post_id}` });
    expect([first.business_id, second.business_id]).toEqual([LYON_1, PARIS_1]);
    const { posts } = (await get('/posts?state__in=pending&summary=tout%20chaud')).body;
    expect(posts.map(({ id }: { id: number }) => id).sort()).toEqual([first.post_id, second.post_id]);
  });

  test.each([
    [{}, {}, 'pending'],
    [{ schedule_time: inHours(3) }, {}, 'scheduled'],
    [{ expiration_time: inHours(48) }, { is_draft: true }, 'to_validate'],
  ])('from %j and %j results in the state %s', async (data, rest, state) => {
    const { get, post } = await start();
    const { ids } = (await post('/posts', body(data, rest))).body;
    const { posts } = (await get(`/posts?state__in=${state}&summary=tout%20chaud`)).body;
    expect(posts[0]).toMatchObject({ id: Number(ids), post_status: [{ state }] });
  });

  test('allows managers to publish, but only administrators to create drafts', async () => {
    const { post } = await start();
    const draft = body({ expiration_time: inHours(48) }, { is_draft: true });
    expect((await post('/posts', draft, 'demo-manager')).status).toBe(403);
    expect((await post('/posts', body(), 'demo-manager')).status).toBe(200);
  });

  test('creates nothing when one business is inaccessible', async () => {
    const { get, post } = await start();
    const both = body({}, { business_search: { business__in: [LYON_1, RENNES_1] } });
    expect((await post('/posts', both)).status).toBe(404);
    expect((await get('/posts')).body.count).toBe(80);
  });

  const event = { post_type: 'event', start_at: '2050-01-01T09:00:00', end_at: '2050-01-01T12:00:00' };
  test.each([
    [body({}, { publishers: ['instagram'] }), ['data.image_url']],
    [body({ image_url: 'https://photos.example/a.jpg' }), ['data.image_url']],
    [body({ link: { custom_url: 'https://a.example', use_business_url: true } }), ['data.link']],
    [body({ link: {} }), ['data.link']],
    [body({ schedule_time: inHours(1) }), ['data.schedule_time']],
    [body({}, { is_draft: true }), ['data.expiration_time']],
    [body({ post_type: 'event' }), ['data.end_at', 'data.start_at']],
    [body({ ...event, end_at: '2049-01-01T09:00:00' }), ['data.end_at']],
    [body(event, { publishers: ['facebook'] }), ['publishers']],
    [body({ summary: 'x'.repeat(1501) }), ['data.summary']],
    [body({ cta_type: 'buy' }), ['data.cta_type']],
    [body({ post_type: 'alert' }), ['data.post_type']],
    [body({ cta_link: 'https://a.example' }), ['data.cta_link']],
    [body({}, { publishers: [] }), ['publishers']],
    [body({}, { business__in: [LYON_1] }), ['business__in']],
  ])('refuses %j', async (asked, fields) => {
    const { post } = await start();
    const response = await post('/posts', asked);
    expect(response.status).toBe(400);
    expect(fieldsOf(response)).toEqual(fields);
  });

  test('limits the summary by publisher', async () => {
    const { post } = await start();
    const summary = 'x'.repeat(2000);
    expect((await post('/posts', body({ summary }, { publishers: ['facebook'] }))).status).toBe(200);
    const image_url = ['https://photos.example/a.jpg'];
    const onInstagram = body({ summary, image_url }, { publishers: ['instagram'] });
    expect((await post('/posts', onInstagram)).status).toBe(200);
  });
});

const DRAFT = 8007;
const SCHEDULED = 8004;

describe('post changes', () => {
  test('set the fields that are sent, and return the post', async () => {
    const { get, call } = await start();
    const change = {
      summary: 'Du pain tiède',
      cta_type: 'order',
      link: { custom_url: 'https://a.example/' },
      schedule_time: inHours(5),
    };
    const response = await call(`/posts/${SCHEDULED}`, 'demo-admin', send('PUT', change));
    const shown = {
      id: SCHEDULED,
      summary: 'Du pain tiède',
      cta_type: 'order',
      cta_link: 'https://a.example/',
      schedule_time: change.schedule_time,
      updated_on_partoo: true,
    };
    expect(response.body).toMatchObject(shown);
    expect((await get('/posts?summary=tiède')).body.posts).toMatchObject([shown]);
  });

  test('by a manager publish a draft, and by an administrator do not', async () => {
    const { call, post } = await start();
    const draft = body({ expiration_time: inHours(48) }, { is_draft: true, send_notifications: true });
    for (const [key, state] of [
      ['demo-admin', 'to_validate'],
      ['demo-manager', 'pending'],
    ] as const) {
      const { ids } = (await post('/posts', draft)).body;
      const changed = await call(`/posts/${ids}`, key, send('PUT', { summary: 'Relu' }));
      expect(changed.body).toMatchObject({ summary: 'Relu', post_status: [{ state }] });
    }
  });

  test('have no effect on Instagram', async () => {
    const { call, post } = await start();
    const image_url = ['https://photos.example/a.jpg'];
    const { ids } = (await post('/posts', body({ image_url }, { publishers: ['instagram'] }))).body;
    const changed = await call(`/posts/${ids}`, 'demo-admin', send('PUT', { summary: 'Relu' }));
    expect(changed.body.summary).toBe('Du pain tout chaud');
  });

  test.each([
    [{}, ['body']],
    [{ data: { summary: 'x' } }, ['data']],
    [{ post_type: 'news' }, ['post_type']],
    [{ publishers: ['facebook'] }, ['publishers']],
    [{ expiration_time: inHours(48) }, ['expiration_time']],
    [{ summary: '' }, ['summary']],
    [{ cta_link: 'https://a.example' }, ['cta_link']],
    [{ schedule_time: inHours(1) }, ['schedule_time']],
  ])('are refused for %j', async (change, fields) => {
    const { call } = await start();
    const response = await call(`/posts/${SCHEDULED}`, 'demo-admin', send('PUT', change));
    expect(fieldsOf(response)).toEqual(fields);
  });

  test('delete a post once, for those who see its business', async () => {
    const { get, call } = await start();
    const remove = (key: string) => call(`/posts/${DRAFT}`, key, { method: 'DELETE' });
    expect((await remove('demo-other')).status).toBe(404);
    expect((await remove('demo-admin')).body).toEqual({ status: 'success' });
    expect((await remove('demo-admin')).status).toBe(404);
    expect((await get('/posts')).body.count).toBe(79);
  });
});
