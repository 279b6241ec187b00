import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPlain, errorIn, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('update_post', {
  works: {
    args: {
      post_id: '8004',
      summary: 'New words',
      image_url: 'https://cdn.example.com/a,b.jpg, https://cdn.example.com/c.jpg',
      cta_link: 'https://example.com/new',
      schedule_time: '2050-01-01T09:00:00+01:00',
    },
    sends: () => ({
      method: 'PUT',
      url: '/posts/8004',
      body: {
        summary: 'New words',
        image_url: ['https://cdn.example.com/a,b.jpg', 'https://cdn.example.com/c.jpg'],
        link: { custom_url: 'https://example.com/new' },
        schedule_time: '2050-01-01T08:00:00',
      },
    }),
    reads(result) {
      expect(result).toMatchObject({
        status: 'success',
        changed: ['summary', 'image_url', 'cta_link', 'schedule_time'],
        note: expect.stringContaining('except Instagram'),
      });
    },
  },
  refuses: [
    {
      why: 'a call that changes nothing',
      args: { post_id: 8004 },
      problems: [/^\(fields\): give at least one field to change: summary, .*offer_terms/m],
    },
    {
      why: 'what a post cannot have',
      args: {
        post_id: 8004,
        cta_type: 'call',
        cta_link: 'https://example.com',
        schedule_time: '2020-01-01T00:00:00Z',
        start_at: '2050-02-01',
        end_at: '2050-01-01',
      },
      problems: [
        /^cta_link: call has no link/m,
        /^schedule_time: must be at least 2 hours ahead/m,
        /^end_at: .*is before start_at/m,
      ],
    },
    {
      why: 'what Partoo does not change',
      args: { post_id: 8004, publishers: 'facebook', expiration_time: '2050-01-01' },
      problems: [/^publishers: is not an argument/m, /^expiration_time: is not an argument/m],
    },
  ],
});

describe('update_post', () => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    pair = await startPair();
    client = await connectPlain(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  });
  afterAll(() => pair.close());

  const update = (args: Record<string, unknown>) => client.call('update_post', { post_id: 8004, ...args });
  const loseResponse = () =>
    pair.partoo.faults.add({ kind: 'status', status: 200, body: {}, method: 'PUT', when: 'after' });

  test("a new button leads to the business's own website, unless it has a link", async () => {
    const sent = async (args: object) => {
      pair.received();
      await update({ ...args });
      return pair.received()[0]?.body;
    };
    expect(await sent({ cta_type: 'book' })).toEqual({ cta_type: 'book', link: { use_business_url: true } });
    expect(await sent({ cta_type: 'call' })).toEqual({ cta_type: 'call' });
    expect(await sent({ summary: 'No button' })).toEqual({ summary: 'No button' });
  });

  test.each([
    { summary: 'Changed at last' },
    { summary: 'And again', cta_type: 'order', cta_link: 'https://example.com/order' },
    { schedule_time: '2050-01-01T08:00:00Z', coupon_code: 'TWENTY' },
  ])('%j is certain after a lost response, because Partoo shows it', async change => {
    loseResponse();
    const result = await update(change);
    expect(result.isError, result.text).toBe(false);
    expect(result.structured).toMatchObject({ status: 'success', changed: Object.keys(change) });
  });

  test.each([{ title: 'Rows have no title' }, { image_url: 'https://example.com/new.jpg' }])(
    '%j is in doubt after a lost response, because Partoo does not show it',
    async change => {
      loseResponse();
      const error = errorIn(await update(change));
      expect(error.code).toBe('outcome_unknown');
      expect(error.next_step).toContain('search_posts');
    },
  );

  test('is in doubt when the post has these words from before', async () => {
    const { posts } = await fetchFromEmulator(pair, '/posts?state__in=live&per_page=1');
    const [live] = posts as { id: number; summary: string }[];
    pair.partoo.faults.add({ kind: 'status', status: 200, body: {}, method: 'PUT' });
    const error = errorIn(await update({ post_id: live?.id, summary: live?.summary }));
    expect(error.code).toBe('outcome_unknown');
  });

  test('a post of nobody is not found', async () => {
    expect(errorIn(await update({ post_id: 1, summary: 'x' })).code).toBe('not_found');
  });
});
