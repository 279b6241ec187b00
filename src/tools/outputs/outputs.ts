import * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import { toNumericId } from '../../core/json.ts';
import { memo } from '../../core/memo.ts';
import { cleanText } from '../untrusted-text/clean-text.ts';
import { delimitAt, delimitField, delimitName, delimitText } from '../untrusted-text/delimit.ts';
import { delimit, shorten } from '../untrusted-text/delimiters.ts';
import { FIELD_TRUST, type NestedField, trustsIn, type ValueField } from '../untrusted-text/field-trust.ts';
import { asFlag, asList, asNumber, asOpenObject, asText, type Read, readBy, shapeReader } from './reading.ts';
import { readTime } from './times.ts';

/**
 * The kinds of value in a result, read leniently: Partoo's documentation is not always today's Partoo, so
 * a value that is null, missing or of another type never breaks a call. It is converted where there is one
 * meaning and left out otherwise.
 */

function lenient<Schema extends z.ZodType>(read: Read, accept: Read, schema: Schema, description?: string) {
  const value = z.preprocess(read, schema).optional().catch(undefined);
  return readBy(description === undefined ? value : value.describe(description), given =>
    accept(read(given)),
  );
}

const ofText = (read: (text: string) => string) => (value: unknown) => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? read(value) : value;
};

/** A text, with delimiters as its field's row in field-trust.ts says. `max`: no more than so many characters of it. */
export function text(field: ValueField, description?: string, max = Number.POSITIVE_INFINITY) {
  const trust = FIELD_TRUST[field];
  return lenient(
    ofText(value => shorten(delimitText(trust, value), max)),
    asText,
    z.string(),
    description,
  );
}

/** A word of a known set, for which Partoo has other names elsewhere. */
export const translated = (field: ValueField, names: Record<string, string>) =>
  lenient(
    ofText(value =>
      delimitText(FIELD_TRUST[field], Object.hasOwn(names, value) ? (names[value] ?? value) : value),
    ),
    asText,
    z.string(),
  );

export const number = (description?: string) =>
  lenient(
    value => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
    asNumber,
    z.number(),
    description,
  );

/**
 * The id of something that Partoo numbers: a number where JavaScript holds it exactly, else a text of its digits. Its schema
 * names no type, since vendors refuse two of them.
 */
export const id = () => lenient(readId, asId, z.unknown());

const readId: Read = value => {
  if (typeof value === 'string') return toNumericId(value);
  return Number.isSafeInteger(value) ? value : undefined;
};
const asId: Read = value => value;

export const flag = (description?: string) => lenient(value => value, asFlag, z.boolean(), description);

/** A point in time with its zone: ISO 8601 to the second. */
export const time = (description?: string) => lenient(readTimeOrText, asText, z.string(), description);

/** A list of whatever Partoo puts in it. */
export const list = (field: NestedField, description?: string) =>
  lenient(value => delimitField(FIELD_TRUST[field], value), asList, z.array(z.unknown()), description);

/** Objects of one shape; what is no object is left out. */
export function rows<Shape extends z.ZodRawShape>(shape: Shape, description?: string) {
  const readRow = shapeReader(shape);
  return lenient(
    value => (Array.isArray(value) ? value.filter(isObject) : value),
    value => (Array.isArray(value) ? value.map(readRow) : undefined),
    z.array(z.object(shape)),
    description,
  );
}

export function object<Shape extends z.ZodRawShape>(
  shape: Shape,
  description?: string,
  read: Read = value => value,
) {
  const readObject = shapeReader(shape);
  const accept = (value: unknown) => (isObject(value) ? readObject(value) : undefined);
  return lenient(read, accept, z.object(shape), description);
}

/** An object with whatever Partoo puts in it. */
export const openObject = (field: NestedField, description?: string) =>
  lenient(value => delimitField(FIELD_TRUST[field], value), asOpenObject, z.looseObject({}), description);

/**
 * An object of which some fields are known, with whatever else Partoo puts in it. `name`: its name in field-trust.ts, which
 * may have rows for more fields than the shape.
 */
export function open<Shape extends z.ZodRawShape>(name: string, shape: Shape, description?: string) {
  const known = new Set(Object.keys(shape));
  const trusts = trustsIn(name);
  const readOther = (field: string, value: unknown) => {
    const trust = trusts.get(field);
    return trust === undefined ? delimitAt(`${name}.${field}`, value) : delimitField(trust, value);
  };
  const addOthers = (found: Record<string, unknown>, value: Record<string, unknown>) => {
    for (const field of Object.keys(value)) {
      if (!known.has(field)) found[field] = readOther(field, value[field]);
    }
    return found;
  };
  const object = z
    .object(shape)
    .catchall(z.unknown())
    .overwrite(value => addOthers({ ...value }, value) as typeof value);
  const schema = description === undefined ? object : object.describe(description);
  const readKnown = shapeReader(shape);
  return readBy(schema, value => {
    if (!isObject(value)) return schema.parse(value);
    return addOthers(readKnown(value), value);
  });
}

/** An answer to a write: whatever it is, it is no reason to fail one that was done. */
export const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** A time, or whatever Partoo has put in its place. */
const readTimeOrText: Read = value => {
  if (typeof value !== 'number' && typeof value !== 'string') return value;
  const time = readTime(value);
  return time === null ? delimitText('partoo_value', String(value)) : time;
};

/** Where `[]` says something: no opening slots on that day means closed. */
const EMPTY_MATTERS = new Set(['open_hours', 'specific_hours']);

/** Deeper than anything Partoo answers. */
const DEEPEST = 30;

/** Cleans every text, and drops what carries nothing: null, undefined, '', [] and {}. Zero and false stay. */
export function tidy(value: unknown, dropEmpty = true, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map(item => tidy(item, dropEmpty, depth + 1));
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    // No name of Partoo's, and it would be no property.
    if (name === '__proto__') continue;
    const inner = tidy(value[name], dropEmpty && !EMPTY_MATTERS.has(name), depth + 1);
    if (!dropEmpty || !isEmpty(inner)) kept[tidyName(name)] = inner;
  }
  return kept;
}

/** A name that needs cleaning is none of Partoo's, whatever it looks like then. */
const tidyName = memo(name => {
  const clean = cleanText(name);
  return clean === name ? delimitName(name) : delimit(clean);
});

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
