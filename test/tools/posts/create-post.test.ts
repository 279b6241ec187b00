import { expect } from 'vitest';
import { askPartoo, testTool } from '../../support/tool-test.ts';

testTool('create_post', {
  works: {
    async args(pair) {
      const { businesses } = await askPartoo(pair, '/business/search?per_page=2');
      return {
        business__in: (businesses as { id: string }[]).map(({ id }) => id),
        publishers: 'google_my_business,instagram',
        post_type: 'event',
        summary: 'Open day with tasting',
        title: 'Open day',
        image_url: 'https://cdn.example.com/a,b.jpg, https://cdn.example.com/c.jpg',
        cta_type: 'learn_more',
        cta_link: 'https://example.com/open-day',
        start_at: '2050-01-01T09:00',
        end_at: '2050-01-01',
      };
    },
    sends: args => ({
      method: 'POST',
      url: '/posts',
      body: {
        business_search: { business__in: args.business__in },
        publishers: ['google_my_business', 'instagram'],
        data: {
          post_type: 'event',
          summary: 'Open day with tasting',
          title: 'Open day',
          image_url: ['https://cdn.example.com/a,b.jpg', 'https://cdn.example.com/c.jpg'],
          cta_type: 'learn_more',
          link: { custom_url: 'https://example.com/open-day' },
          start_at: '2050-01-01T09:00:00',
          end_at: '2050-01-01T23:59:59',
        },
        is_draft: false,
      },
    }),
    reads(answer, args) {
      const posts = answer.posts as { post_id: number; business_id: string }[];
      expect(posts.map(({ business_id }) => business_id)).toEqual(args.business__in);
      expect(answer.note).toContain('search_posts');
    },
  },
  refuses: [
    {
      why: 'an event that breaks every documented rule, all at once',
      args: {
        business__in: 'abc',
        publishers: ['google_my_business', 'facebook', 'instagram'],
        post_type: 'event',
        summary: 'x'.repeat(2_201),
        cta_type: 'call',
        cta_link: 'https://example.com',
        start_at: '2050-01-02T09:00:00Z',
        coupon_code: 'TEN',
        schedule_time: '2020-01-01',
        expiration_time: '2019-01-01',
      },
      problems: [
        /^summary: has 2201 characters; google_my_business takes 1500/m,
        /^summary: has 2201 characters; instagram takes 2200/m,
        /^image_url: is needed for instagram/m,
        /^publishers: facebook takes no event/m,
        /^start_at: must be the business's local time without a zone/m,
        /^end_at: is needed for an event/m,
        /^coupon_code: belongs to an offer/m,
        /^cta_link: call uses none/m,
        /^schedule_time: must be at least 2 hours ahead/m,
        /^expiration_time: must come after/m,
      ],
    },
    {
      why: 'a link without a button, and no platform',
      args: {
        business__in: 'abc',
        publishers: [],
        post_type: 'news',
        summary: 'x',
        cta_link: 'https://example.com',
      },
      problems: [/^publishers: /m, /^cta_link: there is no cta_type/m],
    },
    {
      why: 'dates in the wrong order',
      args: {
        business__in: 'abc',
        publishers: 'google_my_business',
        post_type: 'offer',
        summary: 'x',
        start_at: '2050-02-01',
        end_at: '2050-01-01',
      },
      problems: [/^end_at: .*is before start_at/m],
    },
  ],
});
