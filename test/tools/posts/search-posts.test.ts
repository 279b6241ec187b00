import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('search_posts', {
  works: {
    args: { state__in: 'live,scheduled', topic_type: 'news', per_page: 3, start_datetime: '2020-01-01' },
    sends: () => ({
      method: 'GET',
      url:
        '/posts?state__in=live,scheduled&topic_type=standard' +
        '&start_datetime=2020-01-01T00%3A00%3A00&per_page=3',
    }),
    reads(result) {
      const rows = result.posts as Record<string, unknown>[];
      expect(rows).toHaveLength(3);
      for (const row of rows) {
        expect(row).toMatchObject({ id: expect.any(Number), post_type: 'news', summary: expect.any(String) });
        expect(Object.values(row.states as object)).toEqual(
          expect.arrayContaining([expect.stringMatching(/^(live|scheduled)$/)]),
        );
      }
    },
  },
  refuses: [
    {
      why: 'an unknown kind and state',
      args: { topic_type: 'update', state__in: 'published' },
      problems: [/^topic_type: must be one of news, event/m, /^state__in\[0\]: .*live/m],
    },
    {
      why: 'times in the wrong order',
      args: { start_datetime: '2026-05-02', end_datetime: '2026-05-01' },
      problems: [/^end_datetime: .*is before start_datetime/m],
    },
  ],
});
