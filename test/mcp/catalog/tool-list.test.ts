import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tools } from '../../../src/tools/index.ts';
import { connectV1, connectV2 } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

describe('the tool list', () => {
  test('equals the committed snapshot, so that a review sees every change', async () => {
    const client = await connectV2(`${pair.url}?toolsets=all`);
    const list = await client.listTools();
    await client.close();
    // The version of a view changes with its code.
    const unversioned = JSON.stringify(list, null, 2).replaceAll(
      /(ui:\/\/[^"]*)-[0-9a-f]+\.html/g,
      '$1-….html',
    );
    await expect(unversioned).toMatchFileSnapshot('tools-list.snap.json');
  });

  test('has 14 tools without a tool filter', async () => {
    const client = await connectV2(pair.url);
    const list = await client.listTools();
    await client.close();
    expect(list.map(({ name }) => name)).toEqual([
      'search_businesses',
      'get_business',
      'update_business',
      'search_reviews',
      'reply_to_review',
      'get_review_metrics',
      'create_review_reply_template',
      'list_conversations',
      'list_messages',
      'send_message',
      'create_post',
      'search_posts',
      'get_profile_metrics',
      'get_profile_keywords',
    ]);
  });

  test('has a title, a description, four hints and two schemas for every tool', async () => {
    const client = await connectV1(`${pair.url}?toolsets=all`);
    const list = await client.listTools();
    await client.close();
    expect(list.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    for (const { name, title, description, inputSchema, outputSchema, annotations } of list) {
      expect(title, name).toMatch(/^[A-Z]/);
      expect((description ?? '').length, name).toBeGreaterThan(80);
      expect(Object.keys(annotations ?? {}).toSorted(), name).toEqual(
        ['destructiveHint', 'idempotentHint', 'openWorldHint', 'readOnlyHint'].toSorted(),
      );
      expect(inputSchema, name).toMatchObject({ additionalProperties: false });
      expect(outputSchema, name).toBeDefined();
      // zod's default bound of integers means nothing and costs tokens.
      expect(JSON.stringify([inputSchema, outputSchema]), name).not.toContain('9007199254740991');
      for (const [argument, schema] of Object.entries(inputSchema.properties as Record<string, object>)) {
        expect(schema, `${name}.${argument}`).toMatchObject({ description: expect.stringMatching(/\S/) });
      }
    }
  });

  test('hints readOnly for exactly the tools that read', async () => {
    const client = await connectV2(`${pair.url}?toolsets=all`);
    const list = await client.listTools();
    await client.close();
    const where = (hints: object) =>
      list.filter(tool => Object.entries(hints).every(([hint, value]) => tool.annotations?.[hint] === value));
    const names = (hints: object) => where(hints).map(({ name }) => name);
    expect(names({ readOnlyHint: false, destructiveHint: true, idempotentHint: true })).toEqual([
      'update_business',
      'set_special_hours',
      'update_review',
      'update_review_reply',
      'delete_review_reply',
      'delete_review_reply_template',
      'update_conversation',
      'mark_conversation_read',
      'update_post',
      'delete_post',
    ]);
    expect(names({ readOnlyHint: false, destructiveHint: false, idempotentHint: false })).toEqual([
      'reply_to_review',
      'create_review_reply_template',
      'send_message',
      'create_post',
    ]);
    expect(names({ readOnlyHint: true, destructiveHint: false, idempotentHint: true })).toEqual(
      tools.filter(({ effect }) => effect === 'reads').map(({ name }) => name),
    );
  });
});
