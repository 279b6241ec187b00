import { expect } from 'vitest';
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
