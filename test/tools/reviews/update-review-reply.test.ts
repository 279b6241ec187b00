import { expect, test } from 'vitest';
import { connectPlain, errorIn } from '../../support/clients.ts';
import { startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('update_review_reply', {
  works: {
    async args(pair) {
      const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=treated&per_page=100');
      const replies = (reviews as { comments: { id: number } | null }[]).flatMap(
        ({ comments }) => comments ?? [],
      );
      return { comment_id: replies[0]?.id, content: 'Merci, et à bientôt !' };
    },
    sends: args => ({
      method: 'PUT',
      url: `/comments/${args.comment_id}`,
      body: { content: 'Merci, et à bientôt !' },
    }),
    reads(result, args) {
      expect(result).toMatchObject({ id: args.comment_id, note: 'Partoo accepted the new text.' });
    },
  },
  refuses: [
    {
      why: 'template markup, which people would see',
      args: { comment_id: 7, content: 'Merci @[](client_first_name)' },
      problems: [/^content: has template markup/m],
    },
  ],
});

test.each([
  ['found again', 'after', 'ok'],
  ['unknown if the reply has another text', 'before', 'outcome_unknown'],
] as const)('a text whose responses are lost is %s', async (_, when, code) => {
  const pair = await startPair({ TOOL_DEADLINE_MS: '5900' });
  const client = await connectPlain(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=treated&per_page=1');
  const comment_id = (reviews as { comments: { id: number } }[])[0]?.comments.id;
  pair.partoo.faults.add({ kind: 'cut', when, method: 'PUT', times: 9 });
  const result = await client.call('update_review_reply', { comment_id, content: 'Merci mille fois' });
  if (code === 'ok') {
    expect(result.structured, result.text).toMatchObject({ id: comment_id });
    expect(result.structured?.note).toMatch(/response was lost; a check found/);
  } else {
    expect(errorIn(result)).toMatchObject({ code, next_step: expect.stringContaining('compare the reply') });
  }
  await pair.close();
});
