import { describe, expect, test } from 'vitest';
import { fieldsOf, LYON_1, PARIS_1, start } from './start.ts';

const path = '/review_analytics/metrics';

// biome-ignore lint/suspicious/noExplicitAny: a metric is a number or an object of numbers
type Metrics = Record<string, any>;
type Row = { dimension: string; dimension_name: string; metrics: Metrics };
type Get = Awaited<ReturnType<typeof start>>['get'];

const rowsOf = async (get: Get, query: string, key?: string): Promise<Row[]> =>
  (await get(`${path}?${query}`, key)).body.data;

const sumOf = (counts: Record<string, number>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The number of reviews in the only row. */
const countOf = async (get: Get, query: string, key?: string) =>
  (await rowsOf(get, `metrics=reviews_count&${query}`, key))[0]?.metrics.reviews_count;

describe('review metrics', () => {
  test('are one row without dimensions', async () => {
    const { get } = await start();
    const { body } = await get(`${path}?metrics=average_rating,rating_distribution,reviews_count,reply_time`);
    expect(body).toMatchObject({ page: 1, max_page: 1, count: 1 });
    const [row] = body.data;
    expect(row).toMatchObject({ dimension: null, metrics: { reviews_count: 982 } });
    const { fast, slow, not_replied, total } = row.metrics.reply_time;
    expect(fast + slow + not_replied).toBe(total);
    expect(row.metrics.average_rating).toBeGreaterThan(3);
  });

  test('add up over the rows of a dimension', async () => {
    const { get } = await start();
    for (const dimension of ['business', 'month', 'year', 'week', 'day']) {
      let sum = 0;
      for (let page = 1, last = 1; page <= last; page++) {
        const query = `metrics=reviews_count&dimensions=${dimension}&per_page=100&page=${page}`;
        const { body } = await get(`${path}?${query}`);
        for (const { metrics } of body.data) sum += metrics.reviews_count;
        last = body.max_page;
      }
      expect(sum).toBe(982);
    }
  });

  test('can be sorted by rating, which is the rank', async () => {
    const { get } = await start();
    const query = 'metrics=average_rating,rank&dimensions=business&order_by=-average_rating&per_page=100';
    const { data } = (await get(`${path}?${query}`)).body;
    const ranks = data.map((row: { metrics: { rank: number } }) => row.metrics.rank);
    expect(ranks).toEqual(ranks.map((_: number, index: number) => index + 1));
    expect(data[0].dimension_info).toMatchObject({ city: expect.any(String), code: expect.any(String) });
  });

  test('count a review once for each of its groups and tags, and for the colleague who replied', async () => {
    const { get } = await start();
    const byGroup = await rowsOf(get, 'metrics=reviews_count&dimensions=group');
    expect(byGroup.map(row => row.dimension_name)).toContain('Flagships');
    const byTag = await rowsOf(get, 'metrics=reviews_count&dimensions=tag');
    expect(byTag.map(row => row.dimension_name).toSorted()).toEqual([
      'Accueil',
      'Attente',
      'Prix',
      'Produits',
      'Propreté',
    ]);
    const byUser = await rowsOf(get, 'metrics=reviews_count&dimensions=user');
    expect(byUser.map(row => row.dimension_name)).toEqual(['Claire Vasseur', 'Marc Delorme']);
    const { id } = (await get('/user/me')).body;
    expect(byUser.map(({ dimension }) => dimension)).toContain(id);
  });

  test.each(['group', 'tag'])('filtered by one %s are those of its row', async dimension => {
    const { get } = await start();
    const rows = await rowsOf(get, `metrics=reviews_count&dimensions=${dimension}`);
    expect(rows).toHaveLength(5);
    for (const { dimension: id, metrics } of rows) {
      expect(await countOf(get, `${dimension}s=${id}`)).toBe(metrics.reviews_count);
    }
  });

  test('filtered by several groups or tags have the reviews of each, once', async () => {
    const { get } = await start();
    const [all, europe] = [await countOf(get, ''), await countOf(get, 'groups=101,102,103,104')];
    expect(europe).toBe(all);
    const flagships = await countOf(get, 'groups=105');
    expect(await countOf(get, 'groups=101,105')).toBeLessThan(
      Number(await countOf(get, 'groups=101')) + Number(flagships),
    );
    const [tag11, tag12] = [await countOf(get, 'tags=11'), await countOf(get, 'tags=12')];
    const both = Number(await countOf(get, 'tags=11,12'));
    expect(both).toBeGreaterThan(Math.max(Number(tag11), Number(tag12)));
    expect(both).toBeLessThanOrEqual(Number(tag11) + Number(tag12));
  });

  test('of groups of others, or of none, are empty', async () => {
    const { get } = await start();
    expect(await countOf(get, 'groups=201')).toBe(0);
    expect(await countOf(get, 'groups=201', 'demo-other')).toBeGreaterThan(0);
    expect(await countOf(get, 'tags=99')).toBe(0);
  });

  test('leave out the businesses of business__notin', async () => {
    const { get } = await start();
    const all = Number(await countOf(get, ''));
    const two = Number(await countOf(get, `business__in=${LYON_1},${PARIS_1}`));
    expect(await countOf(get, `business__notin=${LYON_1},${PARIS_1}`)).toBe(all - two);
  });

  test('have the distribution of ratings in percent', async () => {
    const { get } = await start();
    const [row] = await rowsOf(get, 'metrics=average_rating_distribution,rating_distribution');
    const { average_rating_distribution: shares, rating_distribution: counts } = row?.metrics ?? {};
    expect(Object.keys(shares)).toEqual(['1', '2', '3', '4', '5']);
    for (const stars of [1, 2, 3, 4, 5]) {
      expect(shares[stars]).toBeCloseTo((100 * counts[stars]) / sumOf(counts), 1);
    }
  });

  test.each<[string, string, (metrics: Metrics) => number]>([
    ['reviews_count', 'reviews_count', ({ reviews_count }) => reviews_count],
    ['reply_time', 'reply_time__total', ({ reply_time }) => reply_time.total],
    [
      'rating_distribution',
      'ratio__rating_distribution__5',
      ({ rating_distribution }) => rating_distribution[5] / sumOf(rating_distribution),
    ],
  ])('of %s can be sorted by %s in both directions', async (metric, key, sortValue) => {
    const { get } = await start();
    const values = async (order: string) => {
      const query = `metrics=${metric}&dimensions=business&per_page=100&order_by=${order}`;
      return (await rowsOf(get, query)).map(({ metrics }) => sortValue(metrics));
    };
    const rising = await values(key);
    expect(new Set(rising).size).toBeGreaterThan(5);
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(await values(`-${key}`)).toEqual(rising.toReversed());
  });

  test.each([
    ['', ['metrics']],
    ['metrics=stars', ['metrics.0']],
    ['metrics=reviews_count&dimensions=city', ['dimensions.0']],
    ['metrics=reviews_count&order_by=-average_rating', ['order_by']],
    ['metrics=reviews_count&order_by=name', ['order_by']],
    ['metrics=reply_time&order_by=reply_time__fast', ['order_by']],
    ['metrics=reviews_count&order_by=reply_time__total', ['order_by']],
    ['metrics=rank', ['order_by']],
    ['metrics=reply_time&dimensions=tag', ['metrics']],
    ['metrics=reviews_count&groups=Flagships', ['groups.0']],
    ['metrics=reviews_count&tags=', ['tags']],
    ['metrics=reviews_count&group=105', ['group']],
    ['metrics=reviews_count&business__notin=42', ['business__notin.0']],
    ['metrics=reviews_count&per_page=101', ['per_page']],
  ])('are refused for %j', async (query, fields) => {
    const { get } = await start();
    expect(fieldsOf(await get(`${path}?${query}`))).toEqual(fields);
  });
});
