import * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import { field, shownSchema } from './advertised.ts';
import { DEEPEST, decoded, withoutNulls } from './decode.ts';
import { toTexts, toUrls } from './list-spelling.ts';
import { EMPTY, isSeen } from './seen.ts';
import { httpUrl } from './texts.ts';
import { single, unnested } from './value-spelling.ts';

/**
 * The most values in a structure, all its lists together: a year of special days needs some 1,500. Counted before any
 * value is read, because each malformed one costs an error message.
 */
const MAX_VALUES = 2_000;

/**
 * An object or list of objects; its own JSON Schema is shown, so it is made of refinements, which are not, rather
 * than of patterns and formats, which some model vendors refuse. A JSON-encoded one does as well.
 */
export function structure<Schema extends z.ZodType>(schema: Schema, description: string) {
  const toShape = schema instanceof z.ZodArray ? toList : single;
  const read = (given: unknown, context: z.RefinementCtx) => {
    const value = decoded(given);
    if (countValues(value) > MAX_VALUES) {
      context.addIssue({ code: 'custom', message: `must have at most ${MAX_VALUES} values in all` });
      return z.NEVER;
    }
    return toShape(withoutNulls(value));
  };
  return field(z.preprocess(read, schema), { ...shownSchema(schema), description });
}

function toList(value: unknown): unknown {
  const list = unnested(value);
  return isObject(list) ? [list] : list;
}

/** A text counts as the items of the list that it may stand for. Stops counting where there are too many. */
function countValues(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.split(/[,;\n]/, MAX_VALUES + 1).length;
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const inner of Object.values(value)) {
    count += countValues(inner, depth + 1);
    if (count > MAX_VALUES) break;
  }
  return count;
}

/** A text inside a structure. An empty one is none, as the whole structure is replaced. */
export const innerText = () =>
  z
    .string()
    .trim()
    .refine(value => value === '' || isSeen(value), EMPTY);

/** Lists inside a structure. An empty text, or a list of them, is none: it could mean "no longer" as well as "not known". */
export const innerTexts = <Text extends z.ZodType<string>>(text: Text) => innerList(toTexts, text);

export const innerUrls = () => innerList(toUrls, httpUrl());

function innerList<Item extends z.ZodType<string>>(toItems: (value: unknown) => unknown, item: Item) {
  const read = (value: unknown) => (isBlank(value) ? value : toItems(value));
  return field(z.preprocess(read, z.array(item)), { type: 'array', items: { type: 'string' } });
}

const isBlank = (value: unknown) => {
  const list = [value].flat();
  return list.length > 0 && list.every(item => typeof item === 'string' && item.trim() === '');
};
