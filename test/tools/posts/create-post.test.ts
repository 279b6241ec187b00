import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReceivedRequest } from '../../../src/partoo-emulator/emulator.ts';
import { connectV2, errorIn, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('create_post', {
  works: {
    async args(pair) {
      const { businesses } = await fetchFromEmulator(pair, '/business/search?per_page=2');
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
    reads(result, args) {
      const posts = result.posts as { post_id: number; business_id: string }[];
      expect(posts.map(({ business_id }) => business_id)).toEqual(args.business__in);
      expect(result).toMatchObject({ status: 'success', note: expect.stringContaining('search_posts') });
      expect(result, 'the posts show it').not.toHaveProperty('message');
    },
  },
  refuses: [
    {
      why: 'an event that breaks every documented rule at once',
      args: {
        business__in: 'c4be7993f4425413233d77d3',
        publishers: ['google_my_business', 'facebook', 'instagram'],
        post_type: 'event',
        summary: 'x'.repeat(2_201),
        cta_type: 'call',
        cta_link: 'https://example.com',
        start_at: '2050-01-02T09:00:00Z',
        coupon_code: 'TEN',
        schedule_time: '2020-01-01T00:00:00Z',
        expiration_time: '2019-01-01',
      },
      problems: [
        /^summary: has 2201 characters; google_my_business accepts 1500/m,
        /^summary: has 2201 characters; instagram accepts 2200/m,
        /^image_url: is required for instagram/m,
        /^publishers: facebook does not accept events/m,
        /^start_at: must be the business's local time without a zone/m,
        /^end_at: is required for an event/m,
        /^title: is required for an event/m,
        /^coupon_code: is for an offer/m,
        /^cta_link: call has no link/m,
        /^schedule_time: must be at least 2 hours ahead/m,
        /^expiration_time: must be later than/m,
      ],
    },
    {
      why: 'an offer on Facebook, and a text too long for it',
      args: {
        business__in: 'c4be7993f4425413233d77d3',
        publishers: 'facebook',
        post_type: 'offer',
        summary: 'x'.repeat(10_001),
      },
      problems: [/^summary: .*facebook accepts 10000/m, /^publishers: facebook does not accept offers/m],
    },
    {
      why: 'store codes where ids are needed, and says how to get them',
      args: { business__in: 'c-PAR/01', publishers: 'facebook', post_type: 'news', summary: 'x' },
      problems: [/^business__in\[0\]: .*24 hex characters; search_businesses finds it by name or code$/m],
    },
    {
      why: 'a link without a button, and no platform',
      args: {
        business__in: 'c4be7993f4425413233d77d3',
        publishers: [],
        post_type: 'news',
        summary: 'x',
        cta_link: 'https://example.com',
      },
      problems: [/^publishers: /m, /^cta_link: needs a button/m],
    },
    {
      why: 'news with the dates of an event, which would be published at once',
      args: {
        business__in: 'c4be7993f4425413233d77d3',
        publishers: 'google_my_business',
        post_type: 'news',
        summary: 'x',
        start_at: '2050-02-01',
      },
      problems: [/^start_at: is for an event or offer; use schedule_time/m],
    },
    {
      why: 'mail about a post that is no draft',
      args: {
        business__in: 'c4be7993f4425413233d77d3',
        publishers: 'facebook',
        post_type: 'news',
        summary: 'x',
        send_notifications: true,
      },
      problems: [/^send_notifications: is for a draft; set is_draft/m],
    },
    {
      why: 'an invisible text and link',
      args: {
        business__in: 'c4be7993f4425413233d77d3',
        publishers: 'google_my_business',
        post_type: 'news',
        summary: '\u200b\u2060',
        cta_type: 'learn_more',
        cta_link: 'https://user:pw@example.com',
      },
      problems: [/^summary: must not be empty/m, /^cta_link: must be an http/m],
    },
    {
      why: 'dates in the wrong order',
      args: {
        business__in: 'c4be7993f4425413233d77d3',
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

describe('create_post', () => {
  let pair: RunningPair;
  let client: TestClient;
  let business__in: string;
  beforeAll(async () => {
    pair = await startPair();
    client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
    const { businesses } = await fetchFromEmulator(pair, '/business/search?per_page=1');
    business__in = (businesses as { id: string }[])[0]?.id ?? '';
  });
  afterAll(async () => {
    await client.close();
    await pair.close();
  });

  async function create(args: Record<string, unknown>) {
    pair.received();
    const basics = { business__in, publishers: 'google_my_business', post_type: 'news', summary: 'News' };
    const result = await client.call('create_post', { idempotency_key: randomUUID(), ...basics, ...args });
    expect(result.isError, result.text).toBe(false);
    const [sent] = pair.received() as [ReceivedRequest];
    const body = sent.body as { data: Record<string, string>; is_draft: boolean; publishers: string[] };
    return { ...body, result: result.structured as Record<string, string> };
  }
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  test('a draft gets an end some weeks ahead, which the result states', async () => {
    const { data, is_draft, result } = await create({ is_draft: 'true' });
    expect(is_draft).toBe(true);
    expect(data.expiration_time).toMatch(new RegExp(`^${inDays(30)}T`));
    expect(result).toMatchObject({
      expiration_time: `${data.expiration_time}Z`,
      note: expect.stringContaining('draft'),
    });
  });

  test('the managers who see a draft are mailed on request', async () => {
    const sent = await create({ is_draft: true, send_notifications: 'yes' });
    expect(sent).toMatchObject({ is_draft: true, send_notifications: true });
    expect(await create({ is_draft: true })).not.toHaveProperty('send_notifications');
  });

  test('a draft of a later event does not end before the event', async () => {
    const event = {
      post_type: 'event',
      title: 'Open day',
      start_at: '2050-01-01T09:00',
      end_at: '2050-01-02',
    };
    expect((await create({ is_draft: true, ...event })).data.expiration_time).toBe('2050-01-03T23:59:59');
  });

  test('a draft of an event at the end of the calendar ends in a year of four digits', async () => {
    const event = { post_type: 'event', title: 'Forever', start_at: '2050-01-01', end_at: '9999-12-31' };
    const { data } = await create({ is_draft: true, ...event });
    expect(data.expiration_time).toBe('9999-12-31T23:59:59');
  });

  test('a scheduled draft ends some weeks after its scheduled time', async () => {
    const { data } = await create({ is_draft: true, schedule_time: `${inDays(10)}T10:00:00Z` });
    expect(data.schedule_time).toBe(`${inDays(10)}T10:00:00`);
    expect(data.expiration_time).toBe(`${inDays(40)}T10:00:00`);
  });

  test('the note of a scheduled post has its time in UTC', async () => {
    const { result } = await create({ schedule_time: `${inDays(10)}T10:00:00+02:00` });
    expect(result.note).toBe(`Scheduled for ${inDays(10)}T08:00:00Z (UTC); not public before then.`);
  });

  test.each([['T10:00:00'], ['']])('a post is not scheduled for a day%s without a zone', async time => {
    const args = { business__in, publishers: 'facebook', post_type: 'news', summary: 'x' };
    const result = await client.call('create_post', { ...args, schedule_time: `${inDays(10)}${time}` });
    expect(errorIn(result).problems).toEqual([
      expect.stringMatching(/^schedule_time: must be a time with its zone/),
    ]);
  });

  test('a draft keeps the end that it is given', async () => {
    const { data } = await create({ is_draft: true, expiration_time: `${inDays(5)}T12:00:00+02:00` });
    expect(data.expiration_time).toBe(`${inDays(5)}T10:00:00`);
  });

  test("a button without a link leads to the business's own website; `call` leads nowhere", async () => {
    expect((await create({ cta_type: 'book' })).data.link).toEqual({ use_business_url: true });
    expect((await create({ cta_type: 'call' })).data).not.toHaveProperty('link');
    expect((await create({})).data).not.toHaveProperty('link');
  });

  test("the post type has Partoo's other name for news, and platforms have common aliases", async () => {
    const { data, publishers } = await create({ post_type: 'Standard', publishers: 'Google; FB; GMB' });
    expect(data.post_type).toBe('news');
    expect(publishers).toEqual(['google_my_business', 'facebook']);
  });

  test('an offer carries its coupon and terms', async () => {
    const { data } = await create({
      post_type: 'offer',
      start_at: '2050-12-01',
      end_at: '2050-12-15',
      coupon_code: 'NOEL10',
      offer_terms: 'Once a customer',
    });
    expect(data).toMatchObject({
      coupon_code: 'NOEL10',
      offer_terms: 'Once a customer',
      end_at: '2050-12-15T23:59:59',
    });
  });

  test('the result has the ids if Partoo does not say which business each post is for', async () => {
    pair.partoo.faults.add({ kind: 'status', status: 200, body: { status: 'success', ids: '45,46' } });
    expect((await create({})).result).toMatchObject({
      ids: '45,46',
      note: expect.stringContaining('Going live'),
    });
  });
});
