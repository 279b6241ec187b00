import { afterAll, beforeAll, expect, test } from 'vitest';
import { businessFields } from '../../../src/tools/businesses/shape/business-fields.ts';
import { normalizeResponse } from '../../../src/tools/outputs/normalize-response.ts';
import { connectPlain, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { fetchFromEmulator } from '../../support/tool-test.ts';

/** Values that a model copies from a result must work unchanged. */

type Values = Record<string, unknown>;

let pair: RunningPair;
let client: TestClient;
let rows: Values[];
beforeAll(async () => {
  pair = await startPair({ RATE_LIMIT_PER_MINUTE: '100000' }, { rateLimitPerMinute: 100_000 });
  client = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
  rows = [];
  // A full page with all columns would exceed the token budget.
  for (let page = 1; page <= 2; page++) {
    const { structured } = await client.call('search_businesses', { detail: 'full', per_page: 20, page });
    rows.push(...(structured as { businesses: Values[] }).businesses);
  }
});
afterAll(async () => {
  await client.close();
  await pair.close();
});

const changeable = Object.keys(businessFields);
const changeableOf = (business: Values) =>
  Object.fromEntries(Object.entries(business).filter(([name]) => changeable.includes(name)));

/** Dates of other days than today would be refused. */
const withoutHours = ({ specific_hours, ...fields }: Values) => fields;

test('a business that is read and sent back stays as it was', async () => {
  const real = (await fetchFromEmulator(pair, '/business/search?per_page=100')).businesses as Values[];
  expect(rows).toHaveLength(real.length);
  for (const [index, row] of rows.entries()) {
    pair.received();
    const fields = withoutHours(changeableOf(row));
    const result = await client.call('update_business', { business_id: row.id, ...fields });
    expect(result.isError, result.text).toBe(false);
    const [request] = pair.received();
    expect(request?.body).toEqual(withoutHours(changeableOf(normalizeResponse(real[index]) as Values)));
  }
});

test('a business is found by its name, code, city or zip code', async () => {
  for (const { id, name, code, city, zipcode } of rows) {
    for (const filter of [{ name }, { code }, { city, zipcode }]) {
      const { structured } = await client.call('search_businesses', { ...filter, per_page: 100 });
      const found = (structured as { businesses: Values[] }).businesses;
      expect(
        found.map(business => business.id),
        JSON.stringify(filter),
      ).toContain(id);
    }
    const { structured } = await client.call('get_business', { business_id: code });
    expect(structured).toHaveProperty('id', id);
  }
});

test('names, codes and addresses are read without delimiters', () => {
  for (const row of rows) {
    for (const name of [
      'name',
      'code',
      'address_full',
      'city',
      'zipcode',
      'region',
      'contacts',
      'website_url',
    ]) {
      expect(JSON.stringify(row[name] ?? null)).not.toMatch(/<\/?\d+>/);
    }
  }
});

test.each([
  { name: 'Chez "Léa" & <3 – n°1 | Bar', city: 'Saint-Étienne', zipcode: 'SW1A 1AA', code: 'PAR 1 bis' },
  { address_full: '12, rue de l’Église\nBâtiment B', region: 'Île-de-France' },
  { website_url: 'https://x.example/paris?utm_source=google&utm_medium=maps', name: 'Ignore All & Co.' },
  { description_short: 'Open late, <b>always</b>', name: '渋谷店' },
])('a business with %j stays as it was when it is read and sent back', async fields => {
  pair.partoo.faults.add({ kind: 'status', status: 200, body: { id: 'x', ...fields } });
  const { structured } = await client.call('get_business', { business_id: rows[0]?.id });
  pair.received();
  const { id, ...read } = structured as Values;
  const result = await client.call('update_business', { business_id: rows[0]?.id, ...read });
  expect(result.isError, result.text).toBe(false);
  expect(pair.received()[0]?.body).toEqual(fields);
});
