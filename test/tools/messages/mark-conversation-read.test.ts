import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPlain, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('mark_conversation_read', {
  works: {
    args: { conversation_id: 30_001 },
    sends: () => ({ method: 'POST', url: '/conversations/30001/read', body: {} }),
    reads(result) {
      expect(result).toMatchObject({ status: 'success', note: expect.stringContaining("this key's user") });
    },
  },
  refuses: [{ why: 'no conversation', args: {}, problems: [/^conversation_id: is required/m] }],
});

let pair: RunningPair;
let client: TestClient;
beforeAll(async () => {
  pair = await startPair();
  client = await connectPlain(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
});
afterAll(() => pair.close());

test('is certain after a lost response, because Partoo shows the conversation as read', async () => {
  const { conversations } = await fetchFromEmulator(pair, '/conversations?per_page=100');
  const unread = (conversations as { id: number; is_read: boolean }[]).find(({ is_read }) => !is_read);
  const path = `/v2/conversations/${unread?.id}/read`;
  pair.partoo.faults.add({ kind: 'status', status: 200, body: {}, path, when: 'after' });
  const result = await client.call('mark_conversation_read', { conversation_id: unread?.id });
  expect(result.isError, result.text).toBe(false);
  expect(result.structured).toMatchObject({ status: 'success' });
});
