import { describe, expect, test } from 'vitest';
import { fieldsOf, LYON_1, PARIS_1, RENNES_1, start } from './start.ts';

const LA_LATINA = 'c-MAD%233';

type States = Record<string, { publishers: Record<string, { state: string }> }>;

describe('publisher states', () => {
  test('are a map by business, five a page, without the number of pages', async () => {
    const { get } = await start();
    const { body } = await get('/publisher_states');
    expect(Object.keys(body)).toEqual(['businesses', 'count']);
    expect(body.count, 'of this page').toBe(5);
    for (const [id, business] of Object.entries(body.businesses)) {
      expect(business).toEqual({
        business_id: id,
        business_name: expect.stringContaining('Maison Solène'),
        business_formatted_address: expect.any(String),
        publishers: { google_my_business: expect.any(Object), facebook: expect.any(Object) },
      });
    }
  });

  test('name a connected listing and the problem of another', async () => {
    const { get } = await start();
    const { id } = (await get(`/business/${LA_LATINA}`)).body;
    const { publishers } = (await get(`/publisher_states?business__in=${id}`)).body.businesses[id];
    expect(publishers).toEqual({
      google_my_business: {
        state: 'success',
        error_type: null,
        url_on_publisher: expect.stringMatching(/^https:\/\/www\.google\.com\/maps/),
      },
      facebook: { state: 'to_configure', error_type: 'PUBLISHER_CONNEXION', url_on_publisher: null },
    });
  });

  test('hold each business once over all pages', async () => {
    const { get } = await start();
    const ids = new Set<string>();
    for (const page of [1, 2, 3]) {
      const { businesses } = (await get(`/publisher_states?per_page=20&page=${page}`)).body;
      for (const id of Object.keys(businesses)) ids.add(id);
    }
    expect(ids.size).toBe(45);
    expect((await get('/publisher_states?per_page=20&page=4')).body).toEqual({ businesses: {}, count: 0 });
  });

  test('are filtered by publisher and state', async () => {
    const { get } = await start();
    const query = 'publishers=facebook&states=to_configure,pending&per_page=100';
    const businesses: States = (await get(`/publisher_states?${query}`)).body.businesses;
    expect(Object.keys(businesses)).toHaveLength(6);
    for (const { publishers } of Object.values(businesses)) {
      expect(publishers).toMatchObject({ facebook: { state: 'to_configure' } });
      expect(publishers).not.toHaveProperty('google_my_business');
    }
    expect((await get('/publisher_states?publishers=google_my_business&states=pending')).body.count).toBe(0);
  });

  test('cover only businesses that the key sees', async () => {
    const { get } = await start();
    const query = `business__in=${LYON_1},${PARIS_1},${RENNES_1}`;
    const seenBy = async (key: string) =>
      Object.keys((await get(`/publisher_states?${query}`, key)).body.businesses).toSorted();
    expect(await seenBy('demo-admin')).toEqual([LYON_1, PARIS_1].toSorted());
    expect(await seenBy('demo-manager')).toEqual([LYON_1]);
    expect(await seenBy('demo-other')).toEqual([RENNES_1]);
  });

  test.each([
    ['publishers=instagram', ['publishers.0']],
    ['states=error', ['states.0']],
    ['business__in=42', ['business__in.0']],
    ['per_page=101', ['per_page']],
    ['city=Lyon', ['city']],
  ])('are refused for %j', async (query, fields) => {
    const { get } = await start();
    expect(fieldsOf(await get(`/publisher_states?${query}`))).toEqual(fields);
  });
});

describe('the errors of a business', () => {
  const path = `/diffusion_errors/${LYON_1}`;

  test('are none for a sound listing, found by id or by code', async () => {
    const { post } = await start();
    const none = { errors: { google_my_business: [], facebook: [] } };
    expect((await post(path, {})).body).toEqual(none);
    expect((await post('/diffusion_errors/c-PAR%2F01', {})).body).toEqual(none);
  });

  test('of a change are told, and nothing is saved', async () => {
    const { get, post } = await start();
    const before = (await get(`/business/${LYON_1}`)).body;
    const categories = Array.from({ length: 11 }, (_, number) => `gcid:category_${number}`);
    const { body } = await post(path, { description_long: 'See https://example.com', categories });
    expect(body.errors.google_my_business.map(({ field }: { field: string }) => field).toSorted()).toEqual([
      'categories',
      'description_long',
    ]);
    expect((await get(`/business/${LYON_1}`)).body).toEqual(before);
    expect((await post(path, {})).body.errors.google_my_business).toEqual([]);
  });

  test('stay until the listing is corrected', async () => {
    const { post } = await start();
    await post(`/business/${LYON_1}`, { description_long: 'See https://example.com' });
    expect((await post(path, {})).body.errors.google_my_business).toHaveLength(1);
    expect((await post(path, { description_long: 'See us' })).body.errors.google_my_business).toEqual([]);
  });

  test('are read by those who see the business', async () => {
    const { post } = await start();
    expect((await post(path, {}, 'demo-manager')).status).toBe(200);
    expect((await post(`/diffusion_errors/${PARIS_1}`, {}, 'demo-manager')).status).toBe(403);
    expect((await post(path, {}, 'demo-other')).status).toBe(404);
  });

  test.each([
    ['', { nom: 'x' }, ['nom']],
    ['', { description_short: 'x'.repeat(81) }, ['description_short']],
    ['?publisher=facebook', {}, ['publisher']],
  ])('are refused for %j with %j', async (query, body, fields) => {
    const { post } = await start();
    expect(fieldsOf(await post(path + query, body))).toEqual(fields);
  });

  test('need a JSON body', async () => {
    const { call } = await start();
    expect((await call(path, 'demo-admin', { method: 'POST' })).status).toBe(415);
  });
});

describe('completion statistics', () => {
  const path = '/business/search/stats';

  test('count every business of the search by how complete it is', async () => {
    const { get } = await start();
    for (const query of ['', 'status=closed', 'country=ES', 'groups=105', 'query=lyon', 'city=Barcelona']) {
      const { average_completion_rate, counts } = (await get(`${path}?${query}`)).body;
      expect(average_completion_rate).toBeGreaterThan(80);
      const { count } = (await get(`/business/search?${query}`)).body;
      expect(counts.low + counts.mid + counts.high).toBe(count);
    }
    expect((await get(`${path}?city=Barcelona`)).body).toEqual({
      average_completion_rate: 95,
      counts: { low: 0, mid: 1, high: 3 },
    });
  });

  test('follow what the listings say', async () => {
    const { get, post } = await start();
    await post(`/business/${LYON_1}`, { contacts: [] });
    const query = `${path}?business__in=${LYON_1}`;
    expect((await get(query)).body).toEqual({
      average_completion_rate: 80,
      counts: { low: 0, mid: 1, high: 0 },
    });
    expect((await get(query, 'demo-other')).body.counts).toEqual({ low: 0, mid: 0, high: 0 });
  });

  test('take every filter of the search, but no order and no page', async () => {
    const { get } = await start();
    const query = 'order_by=name&page=1&per_page=10&category=x';
    expect(fieldsOf(await get(`${path}?${query}`))).toEqual(['category', 'order_by', 'page', 'per_page']);
    expect(fieldsOf(await get(`${path}?status=shut`))).toEqual(['status.0']);
  });
});
