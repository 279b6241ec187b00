import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('search_categories', {
  works: {
    args: { search_query: 'shop', country: 'fr', per_page: 2 },
    sends: () => ({ method: 'GET', url: '/categories?search_query=shop&country=FR&per_page=2' }),
    reads(result) {
      expect(result).toMatchObject({ count: 3, has_more: true, next_page: 2 });
      expect(result.categories).toContainEqual({
        gmb_id: 'gcid:pastry_shop',
        name: 'Pastry shop',
        state: 'OK',
      });
    },
  },
  refuses: [
    {
      why: 'an unknown state',
      args: { state: 'gone' },
      problems: [/^state: must be one of OK, DEPRECATED/m],
    },
  ],
});
