import { expect, test } from 'vitest';
import { connectV2 } from '../../support/clients.ts';
import { startPair } from '../../support/start.ts';
import { testTool } from '../../support/tool-test.ts';

testTool('get_publisher_states', {
  works: {
    args: { publishers: 'google', per_page: 2 },
    sends: () => ({
      method: 'GET',
      url: '/publisher_states?publishers=google_my_business&page=1&per_page=2',
    }),
    reads(result) {
      expect(result).toMatchObject({ has_more: true, next_page: 2 });
      const rows = result.businesses as { publishers: object[] }[];
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        expect(row).toMatchObject({ business_id: expect.stringMatching(/^[0-9a-f]{24}$/) });
        expect(row.publishers).toMatchObject([{ name: 'google_my_business', state: expect.any(String) }]);
      }
    },
  },
  refuses: [
    {
      why: 'a platform without states',
      args: { publishers: 'instagram' },
      problems: [/^publishers\[0\]: /m],
    },
  ],
});

test('says that no row matches, as Partoo counts none', async () => {
  const pair = await startPair();
  const client = await connectV2(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  const { structured } = await client.call('get_publisher_states', {
    business__in: 'c4be7993f4425413233d77d3',
    publishers: 'facebook',
    states: 'to_configure',
  });
  expect(structured).toMatchObject({ businesses: [], note: 'No row matches the filters.' });
  await client.close();
  await pair.close();
});
