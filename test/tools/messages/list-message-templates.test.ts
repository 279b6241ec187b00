import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPlain, errorIn, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { testTool } from '../../support/tool-test.ts';

testTool('list_message_templates', {
  works: {
    args: { per_page: 2 },
    sends: () => ({ method: 'GET', url: '/messaging/templates' }),
    reads(result) {
      expect(result).toMatchObject({ count: 4, has_more: true, next_page: 2 });
      const [first] = result.templates as Record<string, unknown>[];
      expect(first).toMatchObject({
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        title: 'Horaires des fêtes',
        text: expect.stringMatching(/^<\d{6}>Bonjour \{\{client_first_name\}\}, .* le 25\.<\/\d{6}>$/),
        placeholders: ['client_first_name', 'business_name'],
        usage_count: 41,
      });
      expect(first).not.toHaveProperty('content');
    },
  },
  refuses: [{ why: 'too large a page', args: { per_page: 101 }, problems: [/^per_page: /m] }],
});

describe('list_message_templates', () => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    pair = await startPair();
    client = await connectPlain(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  });
  afterAll(() => pair.close());

  const listWith = async (body: unknown) => {
    pair.partoo.faults.add({ kind: 'status', status: 200, body });
    return client.call('list_message_templates');
  };

  test('pages lead through all templates', async () => {
    const { structured } = await client.call('list_message_templates', { per_page: 3, page: 2 });
    expect(structured).toMatchObject({ count: 4, has_more: false, templates: [{ title: 'Nous appeler' }] });
  });

  test.each([
    ['{"text": "Hello \\"you\\"", "_version": "0.1"}', 'Hello "you"'],
    ['{"_version": "0.1" "text": "Hello you"}', 'Hello you'],
    ['{"text": "Hello\nyou" "_version": "0.1"}', 'Hello\nyou'],
    ['Hello {{client_first_name}}', 'Hello {{client_first_name}}'],
    [{ text: 'Hello you' }, 'Hello you'],
  ])('the content %j is read as its text', async (content, text) => {
    const { structured } = await listWith([{ id: '6'.repeat(24), title: 'Hi', content }]);
    const [template] = (structured?.templates ?? []) as { text: string }[];
    expect(template?.text.replaceAll(/<\/?\d{6}>/g, '')).toBe(text);
  });

  test('an empty list is a list, and an object is none', async () => {
    expect((await listWith([])).structured).toMatchObject({ count: 0, has_more: false, templates: [] });
    expect(errorIn(await listWith({ templates: [] })).problems?.join()).toContain('no list of templates');
  });
});
