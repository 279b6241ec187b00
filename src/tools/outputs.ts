import * as z from 'zod';
import { isObject } from '../partoo/page.ts';

/**
 * The kinds of value in a result, read leniently: Partoo's documentation is not always today's Partoo, so
 * a value that is null, missing or of another type never breaks a call. It is converted where there is one
 * meaning and left out otherwise.
 */

type Read = (value: unknown) => unknown;

function lenient<Schema extends z.ZodType>(read: Read, schema: Schema, description?: string) {
  const value = z.preprocess(read, schema).optional().catch(undefined);
  return description === undefined ? value : value.describe(description);
}

export const text = (description?: string) =>
  lenient(value => (typeof value === 'number' ? String(value) : value), z.string(), description);

export const number = (description?: string) =>
  lenient(
    value => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
    z.number(),
    description,
  );

export const flag = (description?: string) => lenient(value => value, z.boolean(), description);

/** Epoch seconds, which Partoo uses in businesses, as a time that can be read. */
export const time = (description?: string) =>
  lenient(value => (typeof value === 'number' ? toIsoTime(value) : value), z.string(), description);

/** A list of whatever Partoo puts in it. */
export const list = (description?: string) => lenient(value => value, z.array(z.unknown()), description);

/** Objects of one shape; what is no object is left out. */
export const rows = <Shape extends z.ZodRawShape>(shape: Shape, description?: string) =>
  lenient(
    value => (Array.isArray(value) ? value.filter(isObject) : value),
    z.array(z.object(shape)),
    description,
  );

export const object = <Shape extends z.ZodRawShape>(
  shape: Shape,
  description?: string,
  read: Read = value => value,
) => lenient(read, z.object(shape), description);

/** An object with whatever Partoo puts in it. */
export const openObject = (description?: string) => lenient(value => value, z.looseObject({}), description);

/** An answer to a write: whatever it is, it is no reason to fail one that was done. */
export const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

function toIsoTime(epochSeconds: number): string | undefined {
  const time = new Date(epochSeconds * 1000);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** Where `[]` says something: no opening slots on that day means closed. */
const EMPTY_MATTERS = new Set(['open_hours', 'specific_hours']);

/** Drops what carries nothing: null, undefined, '', [] and {}. Zero and false stay. */
export function dropEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropEmpty);
  if (!isObject(value)) return value;
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, EMPTY_MATTERS.has(name) ? inner : dropEmpty(inner)] as const)
    .filter(([, inner]) => !isEmpty(inner));
  return Object.fromEntries(kept);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
