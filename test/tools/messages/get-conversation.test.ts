import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('get_conversation', {
  works: {
    args: { conversation_id: '30001' },
    sends: () => ({ method: 'GET', url: '/conversations/30001' }),
    reads(result) {
      expect(result).toMatchObject({
        id: 30_001,
        consumer_name: expect.stringContaining('Sophie Girard'),
        is_solved: false,
        is_expired: false,
        status: 'Open',
        business: { id: expect.any(String) },
      });
    },
  },
  refuses: [{ why: 'no conversation', args: {}, problems: [/^conversation_id: is required/m] }],
});
