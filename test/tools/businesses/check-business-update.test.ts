import { expect, test } from 'vitest';
import { connectV2 } from '../../support/clients.ts';
import { startPair } from '../../support/start.ts';
import { testTool } from '../../support/tool-test.ts';

testTool('check_business_update', {
  works: {
    args: { business_id: 'c-PAR/01', description_long: 'See https://maison-solene.example', groups: '1,2' },
    sends: () => ({
      method: 'POST',
      url: '/diffusion_errors/c-PAR%2F01',
      body: { description_long: 'See https://maison-solene.example', groups: [1, 2] },
    }),
    reads(result) {
      const { google_my_business: problems } = result.errors as Record<string, object[]>;
      const message = expect.stringContaining('Google does not accept links in a description.');
      expect(problems).toMatchObject([{ message }]);
    },
  },
  refuses: [
    {
      why: 'what update_business refuses',
      args: { business_id: 'c-PAR/01', description_short: 'x'.repeat(81) },
      problems: [/^description_short: /m],
    },
  ],
});

test('is a read: it works on a read-only connection, and is sent again after a failure of Partoo', async () => {
  const pair = await startPair();
  const client = await connectV2(`${pair.url}?toolsets=all&readonly=true`, { 'x-APIKey': 'demo-admin' });
  pair.partoo.faults.add({ kind: 'status', status: 503 });
  pair.received();
  const { isError } = await client.call('check_business_update', { business_id: 'c-PAR/01', city: 'Paris' });
  expect(isError).toBe(false);
  expect(pair.received()).toHaveLength(2);
  await client.close();
  await pair.close();
});

test('says that there is no problem, so that an empty answer is not taken for a failure', async () => {
  const pair = await startPair();
  const client = await connectV2(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  const { structured } = await client.call('check_business_update', {
    business_id: 'c-PAR/01',
    description_long: 'Bread and cakes.',
  });
  expect(structured).toEqual({ note: 'Partoo reports no problem.' });
  await client.close();
  await pair.close();
});
