import * as z from 'zod';
import { expecting, field, stringField } from './field.ts';
import { EMPTY_FILTER, itemsOf, unique } from './lists.ts';
import { toFlag, toOrder, toText, toWord, wordsOf } from './normalize.ts';
import { toWords } from './normalize-lists.ts';

/** Enums, lists of their values, sort orders and flags. */

interface WordOptions {
  /** Other names of the values. Case, spaces and hyphens need no alias. */
  aliases?: Record<string, string>;
}

export function oneOf<const Value extends string>(
  values: readonly Value[],
  description: string,
  { aliases }: WordOptions = {},
) {
  const words = wordsOf(values, aliases);
  const normalize = (value: unknown) => toWord(words, value);
  return field(z.preprocess(normalize, z.enum(values)), { type: 'string', enum: [...values], description });
}

interface WordListOptions extends WordOptions {
  /** Stands in the description for the list of all values. */
  listed?: string;
  /** Accepts an empty list. In a filter it is refused: it could mean nothing or everything. */
  mayBeEmpty?: boolean;
}

/** Advertised as the comma-separated string that Partoo documents. */
export function listOf<const Value extends string>(
  values: readonly Value[],
  what: string,
  { aliases, listed, mayBeEmpty = false }: WordListOptions = {},
) {
  const words = wordsOf(values, aliases);
  const all = values.join(', ');
  const list = itemsOf(z.preprocess(toText, z.enum(values)), {
    expected: `must be a list of ${all}`,
    empty: mayBeEmpty ? undefined : EMPTY_FILTER,
  });
  return stringField(
    value => toWords(words, value),
    list.transform(unique),
    `${what}, comma-separated: ${listed ?? all}.`,
  );
}

/** One of a few sort orders; a leading `-` means descending. */
export const orderOf = <const Value extends string>(values: readonly Value[], description: string) =>
  z.preprocess(toOrder, oneOf(values, description));

const ORDER_FORM = 'must be the name of a field, with - in front for descending, such as -count';

/** A sort order by any field: Partoo sorts by fields that it does not document. */
export const anyOrder = (description: string) =>
  stringField(
    toOrder,
    z
      .string(expecting(ORDER_FORM))
      .transform(toSnakeCase)
      .refine(order => /^-?[a-z][\w.]{0,99}$/.test(order), { error: ORDER_FORM }),
    description,
  );

const toSnakeCase = (order: string) =>
  order
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/(?!^)[\s-]/g, '_')
    .toLowerCase();

export const flag = (description: string) =>
  field(z.preprocess(toFlag, z.boolean()), { type: 'boolean', description });
