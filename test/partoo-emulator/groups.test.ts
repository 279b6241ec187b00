import { describe, expect, test } from 'vitest';
import { fieldsOf, start } from './start.ts';

type Named = { id: number; name: string };
type Category = { gmb_id: string; state: string };

describe('sections of groups', () => {
  test('are listed without their groups, one page', async () => {
    const { get } = await start();
    expect((await get('/sections?page=1')).body).toEqual({
      page: 1,
      max_page: 1,
      count: 1,
      sections: [{ id: 71, name: 'Régions', can_edit: true, has_puller: false }],
    });
    expect((await get('/sections', 'demo-other')).body).toMatchObject({ count: 0, sections: [] });
  });

  test.each([
    ['flag', 1],
    ['ile-de-france', 1],
    ['Lumen', 0],
  ])('with a group named %j are %i', async (name, count) => {
    const { get } = await start();
    expect((await get(`/sections?group_name_query=${name}`)).body.count).toBe(count);
  });

  test('are read with their groups, which are those of the businesses', async () => {
    const { get } = await start();
    const { groups, ...section } = (await get('/sections/71')).body;
    expect(section).toEqual({ id: 71, name: 'Régions', can_edit: true, has_puller: false });
    const all = 'status=open,closed,opening_soon,temporarily_closed&per_page=100';
    const { businesses } = (await get(`/business/search?${all}`)).body;
    const used = new Set(businesses.flatMap((business: { groups: number[] }) => business.groups));
    expect(new Set(groups.map(({ id }: Named) => id))).toEqual(used);
    for (const group of groups) expect(group).toMatchObject({ name: expect.any(String), has_puller: false });
  });

  test('are unknown to other organizations', async () => {
    const { get } = await start();
    expect((await get('/sections/71', 'demo-other')).status).toBe(404);
    expect((await get('/sections/72')).status).toBe(404);
  });

  test('accept org_id from providers only, and nothing that is undocumented', async () => {
    const { get } = await start();
    expect((await get('/sections?org_id=1')).status).toBe(403);
    expect(fieldsOf(await get('/sections?page=0&per_page=10&name=x'))).toEqual(['name', 'page', 'per_page']);
    expect(fieldsOf(await get('/sections/71?with_groups=true'))).toEqual(['with_groups']);
    expect((await get('/groups')).status, 'gone').toBe(404);
  });
});

describe('categories', () => {
  const idsOf = ({ body }: { body: { categories: Category[] } }) =>
    body.categories.map(({ gmb_id }) => gmb_id);

  test('are found by words of their names', async () => {
    const { get } = await start();
    const found = await get('/categories?search_query=BAKERY&lang=en&country=FR');
    expect(found.body).toMatchObject({ page: 1, max_page: 1, count: 1 });
    expect(found.body.categories).toEqual([
      {
        id: expect.any(Number),
        gmb_id: 'gcid:bakery',
        name: 'Bakery',
        state: 'OK',
        block_push_long_description_on_gmb: false,
        live_id: null,
      },
    ]);
  });

  test('are filtered by state and sorted by id in both directions, over pages', async () => {
    const { get } = await start();
    expect(idsOf(await get('/categories?state=DEPRECATED'))).toEqual(['gcid:tea_house']);
    const [rising, falling] = [
      await get('/categories?order_by=gmb_id'),
      await get('/categories?order_by=-gmb_id'),
    ];
    expect(idsOf(rising)).toEqual(idsOf(rising).toSorted());
    expect(idsOf(falling)).toEqual(idsOf(rising).toReversed());
    const second = await get('/categories?per_page=5&page=2');
    expect(second.body).toMatchObject({ page: 2, max_page: 2, count: 7 });
    expect(idsOf(second)).toHaveLength(2);
  });

  test.each([
    ['query=bakery', ['query']],
    ['state=NEW', ['state']],
    ['order_by=name', ['order_by']],
    ['per_page=101', ['per_page']],
    ['with_names=yes', ['with_names']],
    ['search_query=', ['search_query']],
  ])('are refused for %j', async (query, fields) => {
    const { get } = await start();
    expect(fieldsOf(await get(`/categories?${query}`))).toEqual(fields);
  });
});
