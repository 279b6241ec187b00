import { describe, expect, test } from 'vitest';
import { fieldsOf, LYON_1, PARIS_1, start } from './start.ts';

const ALL = 'status=open,closed,opening_soon,temporarily_closed';

describe('business search', () => {
  test('finds open businesses by default', async () => {
    const { get } = await start();
    expect((await get('/business/search')).body).toMatchObject({ page: 1, max_page: 2, count: 39 });
    expect((await get(`/business/search?${ALL}`)).body.count).toBe(45);
    expect((await get('/business/search?status=closed')).body.count).toBe(2);
    expect((await get('/business/search?status=open,opening_soon')).body.count).toBe(41);
  });

  test('returns every business once over all pages', async () => {
    const { get } = await start();
    const ids = new Set<string>();
    for (const page of [1, 2, 3, 4, 5]) {
      const { businesses } = (await get(`/business/search?${ALL}&per_page=10&page=${page}`)).body;
      for (const { id } of businesses) ids.add(id);
    }
    expect(ids.size).toBe(45);
    expect((await get(`/business/search?${ALL}&per_page=10&page=6`)).body.businesses).toEqual([]);
  });

  test.each([
    ['query=sevilla', 1],
    ['query=LYON%2069004', 1],
    ['query=malasana', 1],
    ['city=lyon', 5],
    ['zipcode=33000', 2],
    ['country=GB', 5],
    ['code=MAD%233', 1],
    ['name=Maison%20Sol%C3%A8ne%20Marais', 1],
    ['name=Maison', 0],
    ['groups=105', 5],
    [`business__in=${LYON_1},${PARIS_1}`, 2],
    ['features__in=takeaway', 39],
    ['modified__gte=9999999999', 0],
  ])('with %s finds %i businesses', async (query, count) => {
    const { get } = await start();
    expect((await get(`/business/search?${query}`)).body.count).toBe(count);
  });

  test('sorts by name in both directions', async () => {
    const { get } = await start();
    const names = async (order: string) =>
      (await get(`/business/search?per_page=100&order_by=${order}`)).body.businesses.map(
        (business: { name: string }) => business.name,
      );
    expect(await names('-name')).toEqual((await names('name')).reverse());
  });

  test.each([
    ['foo=1', ['foo']],
    ['page=0', ['page']],
    ['page=101', ['page']],
    ['per_page=101', ['per_page']],
    ['per_page=ten', ['per_page']],
    ['status=shut', ['status.0']],
    ['order_by=city', ['order_by']],
    ['country=fr', ['country']],
    ['city=', ['city']],
    ['business__in=42', ['business__in.0']],
    ['city=Lyon&city=Paris', ['city']],
    ['foo=1&page=0', ['foo', 'page']],
  ])('refuses %s and names the field', async (query, fields) => {
    const { get } = await start();
    const response = await get(`/business/search?${query}`);
    expect(response.status).toBe(400);
    expect(fieldsOf(response)).toEqual(fields);
  });

  test('accepts org_id from providers only', async () => {
    const { get } = await start();
    expect((await get('/business/search?org_id=1')).status).toBe(403);
  });
});

describe('a business', () => {
  test.each([
    ['PAR/01', 'Maison Solène Marais'],
    ['LYON 2', 'Maison Solène Croix-Rousse'],
    ['MAD#3', 'Maison Solène La Latina'],
    ['EDI%1', 'Maison Solène Stockbridge'],
    ['NTE_É3', 'Maison Solène Île de Nantes'],
  ])('is found by its code %j', async (code, name) => {
    const { get } = await start();
    const response = await get(`/business/c-${encodeURIComponent(code)}`);
    expect(response.body).toMatchObject({ code, name });
  });

  test('with an unknown id gets 404', async () => {
    const { get } = await start();
    expect((await get('/business/000000000000000000000000')).status).toBe(404);
    expect((await get('/business/c-NONE')).status).toBe(404);
  });
});

describe('a business update', () => {
  test('changes only the fields sent, and the time of modification', async () => {
    const { get, post } = await start();
    const before = (await get(`/business/${LYON_1}`)).body;
    const response = await post(`/business/${LYON_1}`, { description_short: 'Pain et café', groups: [102] });
    expect(response.body).toEqual({ status: 'success', id: LYON_1 });
    const after = (await get(`/business/${LYON_1}`)).body;
    expect(after).toEqual({
      ...before,
      description_short: 'Pain et café',
      groups: [102],
      modified: after.modified,
    });
    expect(after.modified).toBeGreaterThan(before.modified);
  });

  test('makes the business available under a new code', async () => {
    const { get, post } = await start();
    await post('/business/c-PAR%2F01', { code: 'PAR 100' });
    expect((await get('/business/c-PAR%20100')).body.id).toBe(PARIS_1);
    expect((await get('/business/c-PAR%2F01')).status).toBe(404);
  });

  test('by a manager may not change fields of the organization', async () => {
    const { get, post } = await start();
    const changes = { name: 'Chez moi', city: 'Lyon', photos: { primary: 'https://photos.example/a.jpg' } };
    const response = await post(`/business/${LYON_1}`, changes, 'demo-manager');
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      errors: { authorization: { name: 'edit_not_allowed', 'photos.primary': 'edit_not_allowed' } },
    });
    expect((await get(`/business/${LYON_1}`)).body.name).toBe('Maison Solène Bellecour');
    expect((await post(`/business/${LYON_1}`, { city: 'Lyon' }, 'demo-manager')).status).toBe(200);
  });

  const week = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [] };
  test.each([
    [{}, ['body']],
    [{ nom: 'x' }, ['nom']],
    [{ name: '' }, ['name']],
    [{ lat: '45.1' }, ['lat']],
    [{ status: 'opening_soon' }, ['status']],
    [{ categories: [] }, ['categories']],
    [{ groups: [999] }, ['groups']],
    [{ code: 'PAR/01' }, ['code']],
    [{ country: 'fr' }, ['country']],
    [{ opening_date: '2026-02-31' }, ['opening_date']],
    [{ description_short: 'x'.repeat(81) }, ['description_short']],
    [{ description_long: 'x'.repeat(751) }, ['description_long']],
    [{ open_hours: week }, ['open_hours.sunday']],
    [{ open_hours: { ...week, sunday: ['9:00-12:00'] } }, ['open_hours.sunday.0']],
    [{ specific_hours: { open: [] } }, ['specific_hours.close']],
    [{ contacts: [{ phone_numbers: ['04 78 00 00 00'] }] }, ['contacts.0.phone_numbers.0']],
    [{ photos: { cover: 'https://photos.example/a.jpg' } }, ['photos.cover']],
  ])('is refused for %j', async (changes, fields) => {
    const { post } = await start();
    const response = await post(`/business/${LYON_1}`, changes);
    expect(response.status).toBe(400);
    expect(fieldsOf(response)).toEqual(fields);
  });
});
