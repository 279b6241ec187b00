import * as z from 'zod';
import { expecting, field } from './advertised.ts';
import { toWords } from './list-spelling.ts';
import { EMPTY_FILTER, items, once } from './lists.ts';
import { toFlag, toOrder, toWord, wordsOf } from './value-spelling.ts';

/** Words from a known set, lists and orders of them, and flags. */

export interface WordOptions {
  /** Other names of the values. Another case, and spaces or hyphens for underscores, need no alias. */
  aliases?: Record<string, string>;
}

export function oneOf<const Value extends string>(
  values: readonly Value[],
  description: string,
  { aliases }: WordOptions = {},
) {
  const words = wordsOf(values, aliases);
  const read = (value: unknown) => toWord(words, value);
  return field(z.preprocess(read, z.enum(values)), { type: 'string', enum: [...values], description });
}

export interface WordListOptions extends WordOptions {
  /** What the description names where the words are too many. */
  examples?: readonly string[];
  /** Where an empty list has one meaning. In a filter it has two: nothing, and everything. */
  mayBeEmpty?: boolean;
}

/** A list of words, shown as the comma-separated string that Partoo documents. */
export function listOf<const Value extends string>(
  values: readonly Value[],
  what: string,
  { aliases, examples, mayBeEmpty = false }: WordListOptions = {},
) {
  const words = wordsOf(values, aliases);
  const read = (value: unknown) => toWords(words, value);
  const all = values.join(', ');
  const list = items(z.enum(values), {
    expected: `must be a list of ${all}`,
    empty: mayBeEmpty ? undefined : EMPTY_FILTER,
  });
  return field(z.preprocess(read, list.transform(once)), {
    type: 'string',
    description: examples ? `${what}, such as ${examples.join(',')}.` : `${what}, comma-separated: ${all}.`,
  });
}

/** One of a few orders; `-` in front is descending. */
export function orderOf<const Value extends string>(values: readonly Value[], description: string) {
  return z.preprocess(toOrder, oneOf(values, description));
}

/** An order by a field that Partoo knows and this server does not. */
export function anyOrder(description: string) {
  const named = z
    .string(expecting(ORDER_FORM))
    .transform(toFieldName)
    .refine(order => /^-?[a-z][\w.]{0,99}$/.test(order), { error: ORDER_FORM });
  return field(z.preprocess(toOrder, named), { type: 'string', description });
}

const ORDER_FORM = 'must be the name of a field, with - in front for descending, such as -count';

/** `Reply Time` and `replyTime` are reply_time. */
const toFieldName = (order: string) =>
  order
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/(?!^)[\s-]/g, '_')
    .toLowerCase();

export function flag(description: string) {
  return field(z.preprocess(toFlag, z.boolean()), { type: 'boolean', description });
}
