import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPlain, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { testTool } from '../../support/tool-test.ts';

testTool('list_review_reply_templates', {
  works: {
    args: { negative: 'true', language__in: ['fr-FR', 'EN'] },
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
  refuses: [
    {
      why: 'a malformed flag and an unknown language',
      args: { positive: 'maybe', language__in: 'fr,jp' },
      problems: [/^positive: /m, /^language__in: must be of fr, .*pt-br/m],
    },
  ],
});

describe('placeholders', () => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    pair = await startPair();
    client = await connectPlain(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  });
  afterAll(() => pair.close());

  const path = '/v2/reviews/templates/placeholders';
  const NAMES = ['business_name', 'my_first_name'];

  test.each([
    [NAMES, NAMES],
    [{ placeholders: NAMES }, NAMES],
    [
      [
        { id: 1, value: 'business_name' },
        { id: 2, value: 'my_first_name' },
      ],
      NAMES,
    ],
    [{ id: 1, value: 'business_name' }, ['business_name']],
    [{ id: 'business_name' }, ['business_name']],
  ])('are read from %j', async (body, names) => {
    pair.partoo.faults.add({ kind: 'status', status: 200, body, path });
    const { structured } = await client.call('list_review_reply_templates');
    expect(structured?.placeholders).toEqual(names);
  });

  test.each([404, 403])('may be missing: after a %i the templates are listed without them', async status => {
    pair.partoo.faults.add({ kind: 'status', status, body: { error: { json: 'no' } }, path });
    const { isError, text, structured } = await client.call('list_review_reply_templates');
    expect(isError, text).toBe(false);
    expect(structured).toMatchObject({ count: 6, has_more: false });
    expect(structured).not.toHaveProperty('placeholders');
  });

  test('are read once, with the first page', async () => {
    pair.received();
    await client.call('list_review_reply_templates', { page: 2 });
    expect(pair.received().map(({ url }) => url)).toEqual(['/v2/reviews/templates/search?page=2']);
  });
});
