import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS, connectV2, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

type Row = Record<string, unknown>;

const NAMES = '/v2/business/search';
const KEY = { 'x-APIKey': 'demo-admin' };

const rowsOf = ({ structured }: { structured?: unknown }) =>
  Object.values(structured as Row).find(Array.isArray) as Row[];

/** Returns how many times names were looked up since the last call. */
function countLookUps({ partoo }: RunningPair) {
  let seen = partoo.requests.length;
  return () => {
    const count = partoo.requests.slice(seen).filter(({ path }) => path === NAMES).length;
    seen = partoo.requests.length;
    return count;
  };
}

describe.each(CLIENTS)('rows name their business by code and name, through $client', ({ connect }) => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    pair = await startPair();
    client = await connect(pair.url, KEY);
    await client.listTools();
  });
  afterAll(async () => {
    await client.close();
    await pair.close();
  });

  test.each([
    ['search_reviews', {}],
    ['search_posts', {}],
    ['list_conversations', {}],
    ['get_profile_metrics', { metrics: 'call_clicks', dimensions: 'business' }],
    ['get_profile_keywords', { metrics: 'count', dimensions: 'business' }],
  ])('%s', async (tool, args) => {
    const rows = rowsOf(await client.call(tool, args));
    expect(rows.length).toBeGreaterThan(0);
    for (const { business } of rows) {
      expect(business).toMatchObject({
        code: expect.stringMatching(/\w/),
        name: expect.stringMatching(/Maison Solène/),
      });
    }
  });
});

describe('the names of a page', () => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    pair = await startPair();
    client = await connectV2(pair.url, KEY);
  });
  afterAll(async () => {
    await client.close();
    await pair.close();
  });

  test('cost one request, and none once they are known; columns without them cost none', async () => {
    const lookUps = countLookUps(pair);
    await client.call('search_reviews', { fields: 'rating,content' });
    expect(lookUps()).toBe(0);
    await client.call('search_reviews', { per_page: 100 });
    expect(lookUps()).toBe(1);
    await client.call('search_reviews', { per_page: 100, fields: 'business' });
    expect(lookUps()).toBe(0);
  });

  test('are looked up again for another key, whose businesses may be others', async () => {
    const manager = await connectV2(pair.url, { 'x-APIKey': 'demo-manager' });
    const lookUps = countLookUps(pair);
    const rows = rowsOf(await manager.call('search_reviews', { per_page: 5 }));
    expect(lookUps()).toBe(1);
    expect(rows[0]?.business).toMatchObject({ code: expect.stringMatching(/^LYON/) });
    await manager.close();
  });

  test('never fail the call: without them rows keep the id', async () => {
    const other = await connectV2(pair.url, { 'x-APIKey': 'demo-colleague' });
    pair.partoo.faults.add({ kind: 'status', status: 403, path: /\/business\/search/, times: 1 });
    const { isError, structured } = await other.call('search_reviews', { per_page: 3 });
    expect(isError).toBe(false);
    for (const row of rowsOf({ structured })) {
      expect(row).not.toHaveProperty('business');
      expect(row).toHaveProperty('business_id');
    }
    await other.close();
  });

  test('can be switched off by the operator', async () => {
    const off = await startPair({ BUSINESS_NAMES: 'false' });
    const client = await connectV2(off.url, KEY);
    const lookUps = countLookUps(off);
    const [row] = rowsOf(await client.call('search_reviews', { per_page: 1 }));
    expect(row).not.toHaveProperty('business');
    expect(lookUps()).toBe(0);
    await client.close();
    await off.close();
  });
});
