import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS, connectV2, errorIn, type TestClient } from '../../../support/clients.ts';
import { type RunningPair, startPair } from '../../../support/start.ts';
import { fetchFromEmulator } from '../../../support/tool-test.ts';

const OTHER = 'f'.repeat(24);

type Counts = { partner?: string; rating?: number; count: number; business?: { code: string } }[];

describe.each(CLIENTS)('search_reviews counts instead of listing, through $client', ({ connect }) => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    pair = await startPair();
    client = await connect(pair.url, { 'x-APIKey': 'demo-admin' });
    await client.listTools();
  });
  afterAll(async () => {
    await client.close();
    await pair.close();
  });

  async function countBy(count_by: string, filters: object = {}) {
    const { isError, text, structured } = await client.call('search_reviews', { count_by, ...filters });
    expect(isError, text).toBe(false);
    return structured as { count: number; counts: Counts; note: string; reviews: unknown[] };
  }

  test('by rating, each platform and star as Partoo counts it, and says what that cost', async () => {
    pair.received();
    const { count, counts, note, reviews } = await countBy('rating', { state__in: 'not_treated' });
    const requests = pair.received();
    expect(note).toContain(`took ${requests.length} requests`);
    expect(requests.length).toBeLessThanOrEqual(13);
    expect(reviews).toEqual([]);
    const all = await fetchFromEmulator(pair, '/reviews?state__in=not_treated&per_page=1');
    expect(count).toBe(all.count);
    const twoStars = counts.find(({ partner, rating }) => partner === 'google_my_business' && rating === 2);
    const partoo = await fetchFromEmulator(
      pair,
      '/reviews?state__in=not_treated&gmb_rating__in=2&per_page=1',
    );
    expect(twoStars?.count).toBe(partoo.count);
    // Every review has stars or a recommendation.
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(count);
  });

  test.each(['state', 'partner'])('by %s, the counts add up to all', async dimension => {
    const { count, counts } = await countBy(dimension);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(count);
  });

  test('by business, with code and name', async () => {
    const { businesses } = await fetchFromEmulator(pair, '/business/search?city=Lyon');
    const ids = (businesses as { id: string }[]).map(({ id }) => id);
    const { count, counts } = await countBy('business', { business__in: ids });
    expect(counts.length).toBeGreaterThan(1);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(count);
    for (const { business } of counts) expect(business?.code).toMatch(/^LYON/);
  });

  test('only values that the filters leave are asked for', async () => {
    const { counts } = await countBy('rating', { gmb_rating__in: '1,2' });
    expect(counts.every(({ partner, rating = 0 }) => partner === 'google_my_business' && rating <= 2)).toBe(
      true,
    );
    expect((await countBy('rating', { partner__in: 'facebook' })).counts).toEqual([
      { partner: 'facebook', recommended: true, count: expect.any(Number) },
      { partner: 'facebook', recommended: false, count: expect.any(Number) },
    ]);
  });
});

test('more businesses than can be counted are refused with what to do', async () => {
  const pair = await startPair();
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const result = await client.call('search_reviews', { count_by: 'business' });
  expect(errorIn(result)).toMatchObject({
    code: 'invalid_input',
    problems: [expect.stringMatching(/^count_by: 45 businesses are more than 40; narrow business__in/)],
  });
  await client.close();
  await pair.close();
});

test('a count that Partoo leaves out is an error, and not none', async () => {
  const pair = await startPair();
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  pair.partoo.faults.add({ kind: 'status', status: 200, body: { reviews: [] }, path: '/v2/reviews' });
  const result = await client.call('search_reviews', { count_by: 'state' });
  expect(errorIn(result)).toMatchObject({
    code: 'partoo_unavailable',
    problems: ["Partoo's response has no count"],
  });
  await client.close();
  await pair.close();
});

test('a value that another filter excludes is not asked for', async () => {
  const pair = await startPair();
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  await client.call('search_reviews', {
    count_by: 'rating',
    partner__in: 'tripadvisor',
    business__notin: OTHER,
  });
  const urls = pair.received().map(({ url }) => url);
  expect(urls.filter(url => url.includes('gmb_rating__in') || url.includes('recommended__in'))).toEqual([]);
  const ofStars = urls.filter(url => url.includes('tripadvisor_rating__in'));
  expect(ofStars).toHaveLength(5);
  for (const url of ofStars) expect(url).toContain(`business__notin=${OTHER}&partner__in=tripadvisor`);
  await client.close();
  await pair.close();
});
