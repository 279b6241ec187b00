import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createEmulator } from '../../../src/partoo-emulator/emulator.ts';
import { tools } from '../../../src/tools/index.ts';
import { normalizeResponse } from '../../../src/tools/outputs/normalize-response.ts';
import { readerOf } from '../../../src/tools/outputs/readers.ts';

/** The names of all properties, at any depth, so that generated values have known names. */
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
  'A long text with spaces, which needs delimiters',
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

  test('is read so that it fits the output schema, whatever Partoo sends', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names, 'unheard_of'), anything, { maxKeys: 12 }),
        found => {
          // The fields that this server itself sets are not lenient.
          const ours = {
            has_more: false,
            note: 'x',
            changed: ['x'],
            count: 1,
            page: 1,
            max_page: 1,
            next_page: 2,
          };
          const result = readerOf(output)(normalizeResponse({ ...found, ...ours }));
          expect(output.parse(result)).toEqual(result);
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
])('%s reads every row of the Partoo emulator', async (name, url, list) => {
  const emulator = createEmulator();
  const response = await emulator.app.inject({ url, headers: { 'x-APIKey': 'demo-admin' } });
  await emulator.close();
  const page = response.json();
  expect(page[list].length, response.body).toBeGreaterThan(0);
  const output = tools.find(tool => tool.name === name)?.output as z.ZodObject;
  const read = readerOf(output)(normalizeResponse({ has_more: false, ...page })) as Record<string, unknown[]>;
  expect(read[list]?.map(row => (row as { id: unknown }).id)).toEqual(
    page[list].map((row: { id: unknown }) => row.id),
  );
  expect(output.parse(read)).toEqual(read);
});
