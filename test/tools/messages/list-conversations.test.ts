import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('list_conversations', {
  works: {
    args: { per_page: 4 },
    sends: () => ({ method: 'GET', url: '/conversations?per_page=4' }),
    reads(result) {
      expect(result).toMatchObject({ has_more: true, next_cursor: expect.any(String) });
      const rows = result.conversations as Record<string, unknown>[];
      expect(rows).toHaveLength(4);
      for (const row of rows) {
        expect(row).toMatchObject({
          id: expect.any(Number),
          last_message: { content: expect.any(String), sender_type: expect.any(String) },
          business: { id: expect.any(String), name: expect.any(String) },
        });
      }
    },
  },
  refuses: [{ why: 'too large a page', args: { per_page: 1000 }, problems: [/^per_page: /m] }],
});
