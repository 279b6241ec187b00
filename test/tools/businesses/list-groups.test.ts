import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('list_groups', {
  works: {
    args: {},
    sends: () => [
      { method: 'GET', url: '/sections?page=1' },
      { method: 'GET', url: '/sections/71' },
    ],
    reads(result) {
      const [section] = result.sections as { name: string; groups: object[] }[];
      expect(section).toMatchObject({ id: 71, name: 'Régions' });
      expect(section?.groups.length).toBeGreaterThan(1);
      for (const group of section?.groups ?? []) {
        expect(group).toEqual({ id: expect.any(Number), name: expect.any(String) });
      }
    },
  },
  refuses: [{ why: 'a page out of range', args: { page: 0 }, problems: [/^page: must be at least 1/m] }],
});
