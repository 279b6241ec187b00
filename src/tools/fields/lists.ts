import * as z from 'zod';
import { expecting, field } from './advertised.ts';
import { toIds } from './list-spelling.ts';
import { wholeNumber } from './numbers.ts';
import { toNumber, toText } from './value-spelling.ts';

/** Lists of ids. */

export const EMPTY_FILTER = { error: 'an empty list matches nothing; leave the argument out for no filter' };

/** The items of a list whose order and repetitions say nothing. */
export const once = <Item>(items: Item[]): Item[] => [...new Set(items)];

/** Shown as the comma-separated string that Partoo documents; a real or JSON-encoded array does as well. */
export function ids<Id extends z.ZodType<string>>(id: Id, description: string) {
  const list = z.array(id, expecting('must be a list of ids')).min(1, EMPTY_FILTER);
  return field(z.preprocess(toIds, list.transform(once)), {
    type: 'string',
    description: `${description} Comma-separated.`,
  });
}

/** Lists that are shown as what they are: real arrays. */
export function idArray(description: string) {
  const id = z.preprocess(toText, z.string().min(1));
  return field(
    z.preprocess(toIds, z.array(id, expecting('must be a list of ids'))),
    arrayOf('string', description),
  );
}

export function integerArray(description: string) {
  const integers = z.array(z.preprocess(toNumber, wholeNumber()), expecting('must be a list of numbers'));
  return field(z.preprocess(toIds, integers), arrayOf('integer', description));
}

const arrayOf = (type: string, description: string) => ({ type: 'array', items: { type }, description });
