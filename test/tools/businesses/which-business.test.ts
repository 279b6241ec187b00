import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectV2, errorIn, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { askPartoo } from '../../support/tool-test.ts';

/** Stores whose codes make `C-101` mean two of them. */
const PLAIN = '101';
const PREFIXED = 'C-101';
const ONLY_PREFIXED = 'C-202';
const ONLY_PLAIN = '303';

let pair: RunningPair;
let client: TestClient;
let ids: Record<string, string>;
beforeAll(async () => {
  pair = await startPair({ WRITE_MEMORY_SECONDS: '0' });
  client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const { businesses } = await askPartoo(pair, '/business/search?per_page=4');
  const codes = [PLAIN, PREFIXED, ONLY_PREFIXED, ONLY_PLAIN];
  const found = (businesses as { id: string }[]).map(({ id }, index) => [codes[index] ?? '', id] as const);
  ids = Object.fromEntries(found);
  for (const [code, business_id] of found) {
    expect((await client.call('update_business', { business_id, code })).isError).toBe(false);
  }
});
beforeEach(() => {
  pair.received();
});
afterAll(async () => {
  await client.close();
  await pair.close();
});

const writes = () => pair.received().filter(({ method }) => method === 'POST');

describe('a store code that may have a prefix or begin with one', () => {
  test('is never written to when there is a store for both meanings', async () => {
    const answer = await client.call('update_business', { business_id: PREFIXED, city: 'Lyon' });
    expect(errorIn(answer)).toMatchObject({
      code: 'invalid_input',
      problems: [expect.stringMatching(/code 101 and one with the code C-101; give c-101 .* c-C-101/)],
    });
    expect(writes()).toEqual([]);
  });

  test('is not read when there is a store for both meanings', async () => {
    const { problems } = errorIn(await client.call('get_business', { business_id: PREFIXED }));
    expect(problems).toEqual([expect.stringMatching(/give c-101 .* c-C-101/)]);
  });

  test.each([
    ['c-101', PLAIN],
    ['101', PLAIN],
    ['c-C-101', PREFIXED],
    ['C-202', ONLY_PREFIXED],
    ['c-C-202', ONLY_PREFIXED],
    ['C-303', ONLY_PLAIN],
    ['c-303', ONLY_PLAIN],
  ])('as %s is the store %s', async (business_id, code) => {
    const { structured } = await client.call('get_business', { business_id });
    expect(structured?.id).toBe(ids[code]);
    const update = await client.call('update_business', { business_id, city: 'Lyon' });
    expect(update.structured?.id, update.text).toBe(ids[code]);
    expect(writes()).toHaveLength(1);
  });

  test('that nobody has is not found', async () => {
    for (const tool of ['get_business', 'update_business']) {
      const answer = await client.call(tool, {
        business_id: 'C-404',
        ...(tool === 'get_business' ? {} : { city: 'x' }),
      });
      expect(errorIn(answer).code).toBe('not_found');
    }
    expect(writes()).toEqual([]);
  });

  test('is not written to when one of the two cannot be looked at', async () => {
    pair.partoo.faults.add({
      kind: 'status',
      status: 403,
      path: '/v2/business/c-C-202',
      body: { error: 'no' },
    });
    const answer = await client.call('update_business', { business_id: ONLY_PREFIXED, city: 'Lyon' });
    expect(errorIn(answer).code).toBe('permission_denied');
    expect(writes()).toEqual([]);
    pair.partoo.faults.clear();
  });

  test.each([
    ['101', [PLAIN]],
    ['C-101', [PLAIN, PREFIXED]],
    ['C-202', [ONLY_PREFIXED]],
    ['c-303', [ONLY_PLAIN]],
    ['C-404', []],
  ])('is searched for in both meanings: %s', async (code, stores) => {
    const { structured } = await client.call('search_businesses', { code });
    const found = (structured as { businesses: { id: string }[] }).businesses.map(({ id }) => id);
    expect(found).toEqual(stores.map(store => ids[store]));
    expect(structured).toMatchObject({ count: stores.length, has_more: false });
  });
});
