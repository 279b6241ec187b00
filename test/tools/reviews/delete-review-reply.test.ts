import { expect, test } from 'vitest';
import { connectV2, errorIn } from '../../support/clients.ts';
import { startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('delete_review_reply', {
  works: {
    async args(pair) {
      const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=treated&per_page=100');
      const replies = (reviews as { comments: { id: number } | null }[]).flatMap(
        ({ comments }) => comments ?? [],
      );
      return { comment_id: replies[0]?.id };
    },
    sends: args => ({ method: 'DELETE', url: `/comments/${args.comment_id}` }),
    reads(result) {
      expect(result).toMatchObject({ status: 'success', note: 'Partoo deleted the reply.' });
    },
  },
  refuses: [{ why: 'no reply', args: {}, problems: [/^comment_id: is required/m] }],
});

test('a deletion whose response is lost is unknown, and is not sent again', async () => {
  const pair = await startPair();
  const client = await connectV2(`${pair.url}?tools=delete_review_reply`, { 'x-APIKey': 'demo-admin' });
  const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=treated&per_page=1');
  const comment_id = (reviews as { comments: { id: number } }[])[0]?.comments.id;
  pair.partoo.faults.add({ kind: 'cut', when: 'after', method: 'DELETE' });
  pair.received();
  const result = await client.call('delete_review_reply', { comment_id });
  expect(errorIn(result)).toMatchObject({
    code: 'outcome_unknown',
    next_step: expect.stringContaining('Call search_reviews with detail full'),
  });
  expect(pair.received().filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  await client.close();
  await pair.close();
});

test('a response about another id confirms no deletion', async () => {
  const pair = await startPair();
  const client = await connectV2(`${pair.url}?tools=delete_review_reply`, { 'x-APIKey': 'demo-admin' });
  pair.partoo.faults.add({
    kind: 'status',
    status: 200,
    body: { status: 'success', id: 4 },
    method: 'DELETE',
  });
  expect(errorIn(await client.call('delete_review_reply', { comment_id: 3 })).code).toBe('outcome_unknown');
  await client.close();
  await pair.close();
});
