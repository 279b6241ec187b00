import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPlain, errorIn, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('delete_post', {
  works: {
    args: { post_id: '8004' },
    sends: () => ({ method: 'DELETE', url: '/posts/8004' }),
    reads(result) {
      expect(result).toMatchObject({ status: 'success', note: expect.stringContaining('search_posts') });
    },
  },
  refuses: [
    { why: 'no post', args: {}, problems: [/^post_id: is required/m] },
    { why: 'several posts', args: { post_id: '8004,8005' }, problems: [/^post_id: must be a numeric id/m] },
  ],
});

describe('delete_post', () => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    pair = await startPair();
    client = await connectPlain(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  });
  afterAll(() => pair.close());

  test('deletes one post', async () => {
    const before = await fetchFromEmulator(pair, '/posts');
    await client.call('delete_post', { post_id: 8004 });
    expect((await fetchFromEmulator(pair, '/posts')).count).toBe(Number(before.count) - 1);
    expect(errorIn(await client.call('delete_post', { post_id: 8004, idempotency_key: 'b' })).code).toBe(
      'not_found',
    );
  });

  test.each([
    ['a lost response', { kind: 'cut', when: 'after' }],
    ['a failure', { kind: 'status', status: 503 }],
  ] as const)('is sent once and in doubt after %s', async (_, fault) => {
    pair.partoo.faults.add({ ...fault, method: 'DELETE' });
    pair.received();
    const error = errorIn(await client.call('delete_post', { post_id: 8005, idempotency_key: fault.kind }));
    expect(error.code).toBe('outcome_unknown');
    expect(error.next_step).toContain('deleted if its id is not there');
    expect(pair.received()).toHaveLength(1);
  });
});
