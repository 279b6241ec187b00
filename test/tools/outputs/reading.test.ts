import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createEmulator } from '../../../src/partoo-emulator/emulator.ts';
import { tools } from '../../../src/tools/index.ts';
import { tidy } from '../../../src/tools/outputs/outputs.ts';
import { readerOf } from '../../../src/tools/outputs/reading.ts';

/** What clients are told of a result is zod's schema, and what is read must be what zod would read by it. */
const attempt = (read: () => unknown) => {
  try {
    return { read: read() };
  } catch (error) {
    expect(error).toBeInstanceOf(z.ZodError);
    return 'refused';
  }
};

/** The names of all properties, at any depth, so that values land where they are looked for. */
function namesIn(schema: unknown, names = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return names;
  for (const [name, inner] of Object.entries(schema)) {
    if (name === 'properties') for (const property of Object.keys(inner as object)) names.add(property);
    namesIn(inner, names);
  }
  return names;
}

const VALUES = [
  '2023-01-31 16:22:17.327878+00:00',
  '12',
  ' ',
  'open',
  'A long text with spaces, which gets a fence around it',
  1_700_000_000,
  [],
  {},
];

describe.each(tools)('$name', ({ output }) => {
  const names = [...namesIn(z.toJSONSchema(output, { io: 'output' }))];
  const { anything } = fc.letrec<{ anything: unknown }>(tie => ({
    anything: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom(...VALUES),
      fc.array(tie('anything'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names, 'unheard_of', 'a name with spaces'), tie('anything'), {
        maxKeys: 8,
      }),
    ),
  }));

  test('is read as zod reads it, whatever Partoo answers', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names, 'unheard_of'), anything, { maxKeys: 12 }),
        found => {
          const tidied = tidy(found);
          expect(attempt(() => readerOf(output)(tidied))).toEqual(attempt(() => output.parse(tidied)));
        },
      ),
      { numRuns: 200 },
    );
  });
});

test.each([
  ['search_businesses', '/v2/business/search', 'businesses'],
  ['search_reviews', '/v2/reviews', 'reviews'],
  ['list_conversations', '/v2/conversations', 'conversations'],
  ['search_posts', '/v2/posts', 'posts'],
])('%s reads what Partoo really answers', async (name, url, list) => {
  const sandbox = createEmulator();
  const answer = await sandbox.app.inject({ url, headers: { 'x-APIKey': 'demo-admin' } });
  await sandbox.close();
  const page = answer.json();
  expect(page[list].length, answer.body).toBeGreaterThan(0);
  const output = tools.find(tool => tool.name === name)?.output as z.ZodObject;
  const tidied = tidy({ has_more: false, ...page });
  const read = readerOf(output)(tidied) as Record<string, unknown[]>;
  expect(read).toEqual(output.parse(tidied));
  expect(read[list]).toHaveLength(page[list].length);
});
