import * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import { MAX_DEPTH, parseJsonString, withoutNulls } from '../../core/json-values.ts';
import { isVisible } from '../untrusted-text/clean-text.ts';
import { advertisedSchema, field } from './field.ts';
import { EMPTY } from './lists.ts';
import { unwrapItem, unwrapList } from './normalize.ts';
import { toTexts, toUrls } from './normalize-lists.ts';
import { httpUrl } from './texts.ts';

/**
 * The maximum for all lists of a structure together: a year of special days needs some 1,500 values. Counted before any
 * value is parsed, because each malformed one costs an error message.
 */
const MAX_VALUES = 2_000;

/**
 * An object or list of objects, also as a JSON string. The tool list has the JSON Schema of `schema`, so use refinements,
 * which are left out of it: some model vendors refuse patterns and formats.
 */
export function structure<Schema extends z.ZodType>(schema: Schema, description: string) {
  const toShape = schema instanceof z.ZodArray ? toList : unwrapItem;
  const normalize = (given: unknown, context: z.RefinementCtx) => {
    const value = parseJsonString(given);
    if (countValues(value) > MAX_VALUES) {
      context.addIssue({ code: 'custom', message: `must have at most ${MAX_VALUES} values in all` });
      return z.NEVER;
    }
    return toShape(withoutNulls(value));
  };
  return field(z.preprocess(normalize, schema), { ...advertisedSchema(schema), description });
}

function toList(value: unknown): unknown {
  const list = unwrapList(value);
  return isObject(list) ? [list] : list;
}

/** Counts the values inside a value, up to just above MAX_VALUES. A text counts as the list that it may be parsed into. */
function countValues(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.split(/[,;\n]/, MAX_VALUES + 1).length;
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const inner of Object.values(value)) {
    count += countValues(inner, depth + 1);
    if (count > MAX_VALUES) break;
  }
  return count;
}

/** A text inside a structure. It may be empty, since an update replaces the whole structure. */
export const innerText = () =>
  z
    .string()
    .trim()
    .refine(value => value === '' || isVisible(value), EMPTY);

export const innerTexts = <Text extends z.ZodType<string>>(text: Text) => innerList(toTexts, text);

export const innerUrls = () => innerList(toUrls, httpUrl());

/** Refuses a list in which all texts are empty: it could mean "remove them" or "not known". */
function innerList<Item extends z.ZodType<string>>(toItems: (value: unknown) => unknown, item: Item) {
  const normalize = (value: unknown) => (isBlank(value) ? value : toItems(value));
  return field(z.preprocess(normalize, z.array(item)), { type: 'array', items: { type: 'string' } });
}

const isBlank = (value: unknown) => {
  const list = [value].flat();
  return list.length > 0 && list.every(item => typeof item === 'string' && item.trim() === '');
};
