import * as z from 'zod';
import { isObject } from '../../core/is-object.ts';

/**
 * Reads what Partoo has answered as a schema of outputs.ts says. zod describes these schemas to clients and would read the
 * same (test/tools/reading.test.ts holds it against them), in two to three times the time: a page has hundreds of values.
 */

type Values = Record<string, unknown>;
export type Read = (value: unknown) => unknown;

const readers = new WeakMap<z.ZodType, Read>();

/** A schema that is read by `read`, which answers undefined for what does not fit. */
export function readBy<Schema extends z.ZodType>(schema: Schema, read: Read): Schema {
  readers.set(schema, read);
  return schema;
}

/** How a schema is read: as it was said, an object by its properties, anything else by zod, which may throw. */
export function readerOf(schema: z.ZodType): Read {
  const known = readers.get(schema);
  if (known) return known;
  let read: Read = value => schema.parse(value);
  if (schema instanceof z.ZodObject && schema.def.catchall === undefined) {
    const readShape = shapeReader(schema.shape);
    read = value => (isObject(value) ? readShape(value) : schema.parse(value));
  }
  readers.set(schema, read);
  return read;
}

/** Reads the properties of a shape; others are left out. */
export function shapeReader(shape: z.core.$ZodLooseShape): (value: Values) => Values {
  const properties = Object.entries(shape).map(
    ([name, schema]) => [name, readerOf(schema as z.ZodType)] as const,
  );
  return value => {
    const found: Values = {};
    for (const [name, read] of properties) {
      const inner = read(value[name]);
      if (inner !== undefined) found[name] = inner;
    }
    return found;
  };
}

export const asText: Read = value => (typeof value === 'string' ? value : undefined);
export const asNumber: Read = value => (Number.isFinite(value) ? value : undefined);
export const asFlag: Read = value => (typeof value === 'boolean' ? value : undefined);
export const asList: Read = value => (Array.isArray(value) ? value : undefined);
export const asOpenObject: Read = value => (isObject(value) ? value : undefined);
