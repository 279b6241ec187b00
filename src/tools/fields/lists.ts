import * as z from 'zod';
import { isVisible } from '../untrusted-text/clean-text.ts';
import { expecting, field, stringField } from './field.ts';
import { toId, toText } from './normalize.ts';
import { MAX_ITEMS, toIds } from './normalize-lists.ts';
import { exactId } from './numbers.ts';

export const EMPTY = { error: 'must not be empty', abort: true };

export const EMPTY_FILTER = {
  error: 'must have at least one value; leave an optional argument out for no filter',
};

/** For lists whose order and duplicates mean nothing. */
export const unique = <Item>(items: Item[]): Item[] => [...new Set(items)];

interface ItemsOptions {
  /** The error for a value that is not a list. */
  expected: string;
  /** The error for an empty list, where one is refused. */
  empty?: { error: string };
}

export function itemsOf<Item extends z.ZodType>(item: Item, { expected, empty }: ItemsOptions) {
  const list = z.array(z.unknown(), expecting(expected)).max(MAX_ITEMS);
  return (empty ? list.min(1, empty) : list).pipe(z.array(item));
}

/** Advertised as the comma-separated string that Partoo documents. */
export function ids<Id extends z.ZodType<string>>(id: Id, description: string) {
  const list = itemsOf(id, { expected: 'must be a list of ids', empty: EMPTY_FILTER });
  return stringField(toIds, list.transform(unique), `${description}, comma-separated.`);
}

/** Advertised as a real array. */
export function idArray(description: string) {
  const id = z.preprocess(toText, z.string().refine(isVisible, EMPTY));
  const list = itemsOf(id, { expected: 'must be a list of ids' });
  return field(z.preprocess(toIds, list), arrayOf('string', description));
}

export function numericIdArray(description: string) {
  const list = itemsOf(z.preprocess(toId, exactId()), { expected: 'must be a list of numbers' });
  return field(z.preprocess(toIds, list), arrayOf('integer', description));
}

/** Advertised as the comma-separated string that Partoo documents for filters. */
export function numericIds(description: string) {
  const list = itemsOf(z.preprocess(toId, exactId()), {
    expected: 'must be a list of numbers',
    empty: EMPTY_FILTER,
  });
  return stringField(toIds, list.transform(unique), `${description}, comma-separated.`);
}

const arrayOf = (type: string, description: string) => ({ type: 'array', items: { type }, description });
