import { expect } from 'vitest';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('list_messages', {
  works: {
    async args(pair) {
      const { conversations } = await fetchFromEmulator(pair, '/conversations?per_page=1');
      return { conversation_id: (conversations as { id: number }[])[0]?.id, per_page: 1 };
    },
    sends: args => ({ method: 'GET', url: `/messages?conversation_id=${args.conversation_id}&per_page=1` }),
    reads(result) {
      expect(result.messages).toEqual([
        expect.objectContaining({
          id: expect.any(Number),
          sender_type: expect.stringMatching(/User|Consumer|Metadata/),
          status: 'Success',
        }),
      ]);
    },
  },
  refuses: [{ why: 'no conversation', args: {}, problems: [/^conversation_id: is required/m] }],
});
