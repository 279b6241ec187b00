import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('list_review_reply_templates', {
  works: {
    args: { negative: 'true', language__in: ['fr', 'en'] },
    sends: () => [
      { method: 'GET', url: '/reviews/templates/search?negative=true&language__in=fr,en&page=1' },
      { method: 'GET', url: '/reviews/templates/placeholders' },
    ],
    reads(result) {
      const rows = result.reply_templates as Record<string, unknown>[];
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toMatchObject({ id: expect.any(Number), negative: true });
      expect(result.placeholders).toContain('client_first_name');
    },
  },
  refuses: [{ why: 'a malformed flag', args: { positive: 'maybe' }, problems: [/^positive: /m] }],
});
