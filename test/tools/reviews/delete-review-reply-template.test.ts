import { expect, test } from 'vitest';
import { connectV2, errorIn } from '../../support/clients.ts';
import { startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('delete_review_reply_template', {
  works: {
    async args(pair) {
      const { reply_templates } = await fetchFromEmulator(pair, '/reviews/templates/search?page=1');
      return { template_id: (reply_templates as { id: number }[])[0]?.id };
    },
    sends: args => ({ method: 'DELETE', url: `/reviews/template/${args.template_id}` }),
    reads(result) {
      expect(result).toMatchObject({ status: 'success', note: 'Partoo deleted the template.' });
    },
  },
  refuses: [{ why: 'no template', args: {}, problems: [/^template_id: is required/m] }],
});

test('a response about another id confirms no deletion', async () => {
  const pair = await startPair();
  const client = await connectV2(`${pair.url}?tools=delete_review_reply_template`, {
    'x-APIKey': 'demo-admin',
  });
  pair.partoo.faults.add({
    kind: 'status',
    status: 200,
    body: { status: 'success', id: 4 },
    method: 'DELETE',
  });
  expect(errorIn(await client.call('delete_review_reply_template', { template_id: 3 })).code).toBe(
    'outcome_unknown',
  );
  await client.close();
  await pair.close();
});
