import * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import { toNumericId } from '../../core/json.ts';
import { delimitAt, delimitField, delimitText } from '../untrusted-text/delimit-fields.ts';
import { shorten } from '../untrusted-text/delimiters.ts';
import { nestedTrust, trustsIn, valueTrust } from '../untrusted-text/field-trust.ts';
import { type Read, readBy, shapeReader } from './readers.ts';
import { readTime } from './times.ts';

/**
 * The kinds of value in a result. All are read leniently, because Partoo may change: a value that is null, missing or of
 * another type never fails a call. It is converted if it has one meaning, and left out otherwise.
 */

function lenient(schema: z.ZodType, description: string | undefined, read: Read) {
  const value = schema.optional();
  return readBy(description === undefined ? value : value.describe(description), read);
}

const readText = (value: unknown, read: (text: string) => string) => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? read(value) : undefined;
};

/** A text, delimited as field-trust.ts says, and shortened to `max` characters. */
export function text(field: string, description?: string, max = Number.POSITIVE_INFINITY) {
  const trust = valueTrust(field);
  return lenient(z.string(), description, value =>
    readText(value, text => shorten(delimitText(trust, text), max)),
  );
}

/** A value of an enum, translated where Partoo's reads and writes name it differently. */
export function translated(field: string, names: Record<string, string>) {
  const trust = valueTrust(field);
  const translations = new Map(Object.entries(names));
  return lenient(z.string(), undefined, value =>
    readText(value, word => delimitText(trust, translations.get(word) ?? word)),
  );
}

export const number = (description?: string) =>
  lenient(z.number(), description, value => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return Number.isFinite(number) ? number : undefined;
  });

/** A numeric id: a number up to 2^53, a string of its digits above. Advertised without a type, since vendors refuse two types. */
export const id = () =>
  lenient(z.unknown(), undefined, value => {
    if (typeof value === 'string') return toNumericId(value);
    return Number.isSafeInteger(value) ? value : undefined;
  });

export const flag = (description?: string) =>
  lenient(z.boolean(), description, value => (typeof value === 'boolean' ? value : undefined));

/** ISO 8601 to the second, with its zone. Text that is not a time is kept as an undocumented value of Partoo's. */
export const time = (description?: string) =>
  lenient(z.string(), description, value => {
    if (typeof value !== 'number' && typeof value !== 'string') return undefined;
    const time = readTime(value);
    return time === null ? delimitText('partoo_value', String(value)) : time;
  });

/** A list of any values. */
export function list(field: string) {
  const trust = nestedTrust(field);
  return lenient(z.array(z.unknown()), undefined, value =>
    Array.isArray(value) ? delimitField(trust, value) : undefined,
  );
}

/** A list of objects of one shape. Items that are not objects are left out. */
export function rows(shape: z.ZodRawShape) {
  const readRow = shapeReader(shape);
  return lenient(z.array(z.object(shape)), undefined, value =>
    Array.isArray(value) ? value.filter(isObject).map(readRow) : undefined,
  );
}

export function object(shape: z.ZodRawShape, description?: string, prepare: Read = value => value) {
  const readObject = shapeReader(shape);
  return lenient(z.object(shape), description, value => {
    const prepared = prepare(value);
    return isObject(prepared) ? readObject(prepared) : undefined;
  });
}

/** The code and name of the business of a row of `name`, which Partoo names by its id only (mcp/calls/business-names.ts). */
export const businessName = (name: string) =>
  object({ code: text(`${name}.business.code`), name: text(`${name}.business.name`) });

/** An object with any fields. */
export function openObject(field: string, description?: string) {
  const trust = nestedTrust(field);
  return lenient(z.looseObject({}), description, value =>
    isObject(value) ? delimitField(trust, value) : undefined,
  );
}

/** An object with the fields of `shape` and any others. `name` is its name in field-trust.ts, which may list more fields. */
export function open(name: string, shape: z.ZodRawShape, description?: string) {
  const trusts = trustsIn(name);
  const readKnown = shapeReader(shape);
  const schema = z.looseObject(shape);
  return readBy(description === undefined ? schema : schema.describe(description), value => {
    if (!isObject(value)) return {};
    const found = readKnown(value);
    for (const field of Object.keys(value)) {
      if (Object.hasOwn(shape, field)) continue;
      const trust = trusts.get(field);
      const inner = value[field];
      found[field] = trust === undefined ? delimitAt(`${name}.${field}`, inner) : delimitField(trust, inner);
    }
    return found;
  });
}

/** Returns the response to a write as an object. Another type must not fail a write that Partoo has carried out. */
export const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});
