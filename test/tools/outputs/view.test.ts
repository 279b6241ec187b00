import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS, errorIn, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

/** A result has summary columns by default, all columns with `detail: full`, or the named ones. */

type Row = Record<string, unknown>;

describe.each(CLIENTS)('through $client', ({ connect }) => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    pair = await startPair({}, { now: new Date('2026-06-15T12:00:00Z') });
    client = await connect(pair.url, { 'x-APIKey': 'demo-admin' });
    await client.listTools();
  });
  afterAll(async () => {
    await client.close();
    await pair.close();
  });

  async function firstRow(tool: string, args: Row): Promise<Row> {
    const { isError, text, structured } = await client.call(tool, { per_page: 1, ...args });
    expect(isError, text).toBe(false);
    return (Object.values(structured ?? {}).find(Array.isArray) as Row[])[0] ?? {};
  }

  test.each([
    {
      tool: 'search_businesses',
      summary: ['id', 'code', 'name', 'status', 'address_full', 'zipcode', 'city', 'country'],
      onlyFull: ['open_hours', 'description_long', 'contacts', 'categories', 'modified'],
    },
    {
      tool: 'search_reviews',
      args: { state__in: 'treated', partner__in: 'google_my_business' },
      summary: [
        'id',
        'business',
        'business_id',
        'partner',
        'state',
        'date',
        'update_date',
        'rating',
        'excerpt',
      ],
      onlyFull: ['author_name', 'content', 'comments', 'link'],
    },
    {
      tool: 'search_posts',
      args: { state__in: 'live' },
      summary: ['id', 'business', 'business_id', 'post_type', 'summary', 'created_at', 'states'],
      onlyFull: ['post_status', 'post_medias', 'post_insight'],
    },
  ])('$tool shows a summary, all columns, or those named', async ({ tool, args, summary, onlyFull }) => {
    const short = await firstRow(tool, { ...args });
    expect(Object.keys(short).toSorted()).toEqual(summary.toSorted());
    expect(await firstRow(tool, { ...args, detail: 'summary' })).toHaveProperty('id', short.id);

    const full = await firstRow(tool, { ...args, detail: 'full' });
    expect(Object.keys(full)).toEqual(expect.arrayContaining(['id', ...onlyFull]));

    const [named = '', other = ''] = onlyFull;
    const byName = await firstRow(tool, { ...args, fields: [named] });
    expect(Object.keys(byName), 'the id always comes along').toEqual(['id', named]);
    const withId = await firstRow(tool, { ...args, fields: `id,${named}` });
    expect(Object.keys(withId), 'named or not').toEqual(['id', named]);
    const both = await firstRow(tool, { ...args, detail: 'full', fields: `${named},${other}` });
    expect(Object.keys(both).toSorted(), 'columns that are named win').toEqual(
      ['id', named, other].toSorted(),
    );
  });

  test('a review without text shows its author instead of an excerpt', async () => {
    const row = await firstRow('search_reviews', { content__isnull: true });
    expect(row).toHaveProperty('author_name');
    expect(row).not.toHaveProperty('excerpt');
  });

  test('get_business shows the fields named', async () => {
    const { structured } = await client.call('get_business', {
      business_id: 'c-PAR/01',
      fields: 'open_hours,status',
    });
    expect(Object.keys(structured ?? {}).toSorted()).toEqual(['id', 'open_hours', 'status']);
  });

  test('an unknown column is refused with the known ones', async () => {
    pair.received();
    const result = await client.call('search_reviews', { fields: 'stars' });
    expect(errorIn(result).problems?.join()).toMatch(/^fields\[0\]: .*rating.*content/);
    expect(pair.received()).toEqual([]);
  });
});
