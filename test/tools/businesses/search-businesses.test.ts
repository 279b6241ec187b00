import { expect, test } from 'vitest';
import { connectV2 } from '../../support/clients.ts';
import { startPair } from '../../support/start.ts';
import { testTool } from '../../support/tool-test.ts';

testTool('search_businesses', {
  works: {
    args: { city: ' Lyon ', country: 'fr', per_page: '2', order_by: '-name' },
    sends: () => ({ method: 'GET', url: '/business/search?city=Lyon&country=FR&per_page=2&order_by=-name' }),
    reads(result) {
      expect(result).toMatchObject({ count: 5, page: 1, max_page: 3, has_more: true, next_page: 2 });
      const rows = result.businesses as Record<string, unknown>[];
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        expect(row).toMatchObject({
          id: expect.stringMatching(/^[0-9a-f]{24}$/),
          city: 'Lyon',
          country: 'FR',
        });
        expect(row).not.toHaveProperty('open_hours');
      }
    },
  },
  refuses: [
    {
      why: 'pages out of range and an unknown status, all at once',
      args: { country: 'France', page: 0, per_page: 101, status: 'shut', order_by: 'city' },
      problems: [
        /^page: must be at least 1/m,
        /^per_page: must be at most 100/m,
        /^country: must be two letters/m,
        /^status\[0\]: .*temporarily_closed/m,
        /^order_by: /m,
      ],
    },
  ],
});

test('a search that finds nothing says that closed businesses were not searched', async () => {
  const pair = await startPair();
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const open = await client.call('search_businesses', { code: 'PAR/07' });
  expect(open.structured).toMatchObject({ count: 0, note: expect.stringMatching(/^Only open businesses/) });
  const closed = await client.call('search_businesses', { code: 'PAR/07', status: 'closed' });
  expect(closed.structured).toMatchObject({ count: 1 });
  const prefixed = await client.call('search_businesses', { code: 'c-PAR/07' });
  expect(prefixed.structured).toMatchObject({
    count: 0,
    note: expect.stringMatching(/^Only open businesses: 1 more/),
  });
  const all = await client.call('search_businesses', { code: 'PAR/07', status: 'open,closed' });
  expect(all.structured).toMatchObject({ count: 1 });
  const none = await client.call('search_businesses', { code: 'none such', status: 'closed' });
  expect(none.structured).not.toHaveProperty('note');
  await client.close();
  await pair.close();
});

test('the end of a list says how many businesses the default status left out, and no page before it', async () => {
  const pair = await startPair();
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const first = await client.call('search_businesses', {});
  expect(first.structured).toMatchObject({ has_more: true });
  expect(first.structured).not.toHaveProperty('note');
  const last = await client.call('search_businesses', { page: 2 });
  expect(last.structured).toMatchObject({
    has_more: false,
    note: 'Only open businesses: 6 more are closed, opening_soon, temporarily_closed. To include them, give status.',
  });
  await client.close();
  await pair.close();
});

test('a count of the other businesses that fails does not fail the search', async () => {
  const pair = await startPair();
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const two = { times: 1, kind: 'latency', ms: 0 } as const;
  pair.partoo.faults.add({ ...two, path: '/v2/business/search' });
  pair.partoo.faults.add({ kind: 'status', status: 403, path: '/v2/business/search' });
  const { isError, structured } = await client.call('search_businesses', { city: 'Lyon' });
  expect(isError).toBe(false);
  expect(structured).toMatchObject({ count: 5 });
  await client.close();
  await pair.close();
});

test.each([
  ['PAR/07', 'PAR/07'],
  ['c-PAR/07', 'PAR/07'],
  ['C-PAR/07', 'PAR/07'],
])('the store code %s finds the store %s', async (code, found) => {
  const pair = await startPair();
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const { structured } = await client.call('search_businesses', { code, status: 'closed' });
  expect(structured).toMatchObject({ count: 1, businesses: [{ code: found }] });
  await client.close();
  await pair.close();
});
