import { expect, test } from 'vitest';
import * as z from 'zod';
import { tools } from '../../../src/tools/index.ts';
import { delimitName } from '../../../src/tools/untrusted-text/delimit-fields.ts';

/** Every property that the JSON Schema of an output describes, at any depth. */
function propertiesOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(propertiesOf)];
}

test('no property of a result is taken for a name that people invented, which would drop it', () => {
  const names = tools.flatMap(({ name, output }) =>
    propertiesOf(z.toJSONSchema(output)).map(property => ({ name, property })),
  );
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter(({ property }) => delimitName(property) !== property)).toEqual([]);
});
