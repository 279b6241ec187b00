import { z } from 'zod';
import { badFields } from './errors.ts';

// Undocumented parameters are refused, to keep the server to Partoo's documentation.

/** Parses a query or a body. @throws ErrorResponse 400 with one message per field. */
export function read<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value ?? {});
  if (!result.success) throw badFields(result.error);
  return result.data;
}

export const text = z.string().min(1, 'Must not be empty.');

export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d+$/, 'Not a valid integer.')
    .transform(Number)
    .refine(value => value >= min && value <= max, `Must be between ${min} and ${max}.`);

export const flag = z.enum(['true', 'false']).transform(value => value === 'true');

const items = text.transform(value => value.split(','));

export const textList = items.refine(list => list.every(item => item.trim() !== ''), 'Has an empty value.');

export const listOf = <T extends string>(values: readonly T[]) => items.pipe(z.array(z.enum(values)));

export const intList = items.pipe(z.array(integer(0, Number.MAX_SAFE_INTEGER)));

export const hexIdText = z.string().regex(/^[0-9a-f]{24}$/, 'Not a valid id.');

export const businessIds = items.pipe(z.array(hexIdText));

const realDate = (value: string) => {
  const ms = Date.parse(value.length === 10 ? value : `${value}Z`);
  // 31 February parses as a day in March.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
};

export const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'Not a valid date (YYYY-MM-DD).')
  .refine(realDate, 'Not a valid date.');

export const dateTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'Not a valid datetime (YYYY-MM-DDTHH:MM:SS).')
  .refine(realDate, 'Not a valid datetime.');

export const dayOrDateTime = z.union([day, dateTime], { error: 'Not a valid date or datetime.' });

/** A date as an upper bound includes the whole day. */
export const endOf = (bound: string) => (bound.length === 10 ? `${bound}T23:59:59` : bound);

export const orderBy = <T extends string>(fields: readonly T[]) =>
  z.string().refine(
    (value): value is T | `-${T}` => {
      const field = value.replace(/^-/, '');
      return fields.some(known => known === field);
    },
    `Must be one of ${fields.join(', ')}, with or without a leading -.`,
  );
