import { expect, test } from 'vitest';
import { connectPlain, errorIn } from '../../support/clients.ts';
import { startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('update_review', {
  works: {
    async args(pair) {
      const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=not_treated&per_page=1');
      return { review_id: (reviews as { id: number }[])[0]?.id, state: 'Treated' };
    },
    sends: args => ({ method: 'PUT', url: `/reviews/${args.review_id}`, body: { state: 'treated' } }),
    reads(result, args) {
      expect(result).toMatchObject({ id: args.review_id, state: 'treated' });
    },
  },
  refuses: [
    {
      why: 'a state that only Partoo sets, and no review',
      args: { state: 'deleted' },
      problems: [/^review_id: is required/m, /^state: must be one of treated, not_treated/m],
    },
  ],
});

test.each([
  ['found again', 'after', 'ok'],
  ['unknown if the review has another state', 'before', 'outcome_unknown'],
] as const)('a state whose responses are lost is %s', async (_, when, code) => {
  const pair = await startPair({ TOOL_DEADLINE_MS: '5900' });
  const client = await connectPlain(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  const { reviews } = await fetchFromEmulator(pair, '/reviews?state__in=not_treated&per_page=1');
  const review_id = (reviews as { id: number }[])[0]?.id;
  pair.partoo.faults.add({ kind: 'cut', when, method: 'PUT', times: 9 });
  const result = await client.call('update_review', { review_id, state: 'treated' });
  if (code === 'ok') {
    expect(result.structured, result.text).toMatchObject({ id: review_id, state: 'treated' });
    expect(result.structured?.note).toMatch(/response was lost; a check found/);
  } else {
    expect(errorIn(result)).toMatchObject({ code, next_step: expect.stringContaining('compare the state') });
  }
  await pair.close();
});
