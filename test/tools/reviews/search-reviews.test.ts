import { expect } from 'vitest';
import { testTool } from '../../support/tool-test.ts';

testTool('search_reviews', {
  works: {
    args: {
      state__in: 'not_treated',
      partner__in: ['google_my_business', 'facebook'],
      business__notin: 'F'.repeat(24),
      update_date__gte: '2020-01-01',
      update_date__lte: '2099-12-31T12:00:00+02:00',
      gmb_rating__in: [4, 5],
      content__isnull: 'false',
      per_page: 5,
      order_by: '-update_date',
    },
    sends: () => ({
      method: 'GET',
      url:
        `/reviews?business__notin=${'f'.repeat(24)}` +
        '&partner__in=google_my_business,facebook&state__in=not_treated&gmb_rating__in=4,5' +
        '&update_date__gte=2020-01-01T00%3A00%3A00&update_date__lte=2099-12-31T10%3A00%3A00' +
        '&content__isnull=false&per_page=5&order_by=-update_date',
    }),
    reads(result) {
      const rows = result.reviews as Record<string, unknown>[];
      expect(rows).toHaveLength(5);
      expect(result).toMatchObject({ has_more: true, next_page: 2 });
      for (const row of rows) {
        expect(row).toMatchObject({
          id: expect.any(Number),
          state: 'not_treated',
          rating: expect.any(Number),
          date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
          excerpt: expect.stringMatching(/^<\d{6}>.+<\/\d{6}>$/s),
        });
        expect(row).not.toHaveProperty('delete_date');
      }
    },
  },
  refuses: [
    {
      why: 'dates in the wrong order, which would match nothing',
      args: { update_date__gte: '2026-05-01', update_date__lte: '2026-04-01' },
      problems: [/^update_date__lte: .*is before update_date__gte/m],
    },
    {
      why: 'unknown platforms, states and orders',
      args: { partner__in: 'yelp,facebook', state__in: '["done"]', order_by: 'rating', keywords: [] },
      problems: [
        /^partner__in\[0\]: /m,
        /^state__in\[0\]: /m,
        /^order_by: /m,
        /^keywords: must have at least one value/m,
      ],
    },
    {
      why: 'stars that do not exist',
      args: { gmb_rating__in: '0,5', tripadvisor_rating__in: 'good', recommended__in: 'yes' },
      problems: [/^gmb_rating__in\[0\]: /m, /^tripadvisor_rating__in\[0\]: /m],
    },
    {
      why: 'the ratings of two platforms, which no review has',
      args: { gmb_rating__in: '1,2', tripadvisor_rating__in: '1,2' },
      problems: [/^tripadvisor_rating__in: give one of .* per call/m],
    },
    {
      why: 'an impossible date',
      args: { update_date__gte: 'last week' },
      problems: [/^update_date__gte: must be a date/m],
    },
  ],
});
