import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('get_business', {
  works: {
    args: { business_id: 'c-PAR/01' },
    sends: () => ({ method: 'GET', url: '/business/c-PAR%2F01' }),
    reads(result) {
      expect(result).toMatchObject({ code: 'PAR/01', city: 'Paris', contacts: expect.any(Array) });
      expect(result.modified, 'a time a model can read').toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      const hours = result.open_hours as Record<string, string[]>;
      expect(Object.keys(hours), 'a closed day is shown as []').toHaveLength(7);
      for (const value of Object.values(result)) expect(value).not.toBeNull();
    },
  },
  refuses: [
    { why: 'a missing id', args: {}, problems: [/^business_id: is required/m] },
    {
      why: 'a store code of nothing',
      args: { business_id: 'c-' },
      problems: [/^business_id: must be an id of 24 hex characters .*, or c- and the store code/m],
    },
    { why: 'an empty id', args: { business_id: '  ' }, problems: [/^business_id: must not be empty/m] },
  ],
});
