import * as z from 'zod';
import { expecting, field } from './advertised.ts';
import { MAX_ITEMS, toIds } from './list-spelling.ts';
import { exactId } from './numbers.ts';
import { EMPTY, isSeen } from './seen.ts';
import { toId, toText } from './value-spelling.ts';

/** Lists of ids. */

export const EMPTY_FILTER = {
  error: 'must have at least one value; where the argument is optional, leave it out for no filter',
};

/** The items of a list whose order and repetitions say nothing. */
export const once = <Item>(items: Item[]): Item[] => [...new Set(items)];

export interface ItemsOptions {
  /** Told to what is no list. */
  expected: string;
  /** Told to an empty list, where that is refused. */
  empty?: { error: string };
}

export function items<Item extends z.ZodType>(item: Item, { expected, empty }: ItemsOptions) {
  const list = z.array(z.unknown(), expecting(expected)).max(MAX_ITEMS);
  return (empty ? list.min(1, empty) : list).pipe(z.array(item));
}

/** Shown as the comma-separated string that Partoo documents; a real or JSON-encoded array does as well. */
export function ids<Id extends z.ZodType<string>>(id: Id, description: string) {
  const list = items(id, { expected: 'must be a list of ids', empty: EMPTY_FILTER });
  return field(z.preprocess(toIds, list.transform(once)), {
    type: 'string',
    description: `${description}, comma-separated.`,
  });
}

/** Lists that are shown as what they are: real arrays. */
export function idArray(description: string) {
  const id = z.preprocess(toText, z.string().refine(isSeen, EMPTY));
  return field(
    z.preprocess(toIds, items(id, { expected: 'must be a list of ids' })),
    arrayOf('string', description),
  );
}

export function numericIdArray(description: string) {
  const ids = items(z.preprocess(toId, exactId()), { expected: 'must be a list of numbers' });
  return field(z.preprocess(toIds, ids), arrayOf('integer', description));
}

const arrayOf = (type: string, description: string) => ({ type: 'array', items: { type }, description });
