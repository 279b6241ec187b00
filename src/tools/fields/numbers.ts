import * as z from 'zod';
import { expecting, field } from './advertised.ts';
import { toNumber } from './value-spelling.ts';

export interface RangeOptions {
  min?: number;
  max?: number;
}

export function integer(description: string, range: RangeOptions = {}) {
  return field(z.preprocess(toNumber, inRange(wholeNumber(), range)), {
    type: 'integer',
    ...(range.max !== undefined && { maximum: range.max }),
    description,
  });
}

export const wholeNumber = () => z.int(expecting('must be a whole number such as 20'));

export function decimal(description: string, range: RangeOptions) {
  const number = z.number(expecting('must be a number such as 48.85'));
  return field(z.preprocess(toNumber, inRange(number, range)), { type: 'number', description });
}

function inRange(schema: z.ZodNumber, { min, max }: RangeOptions): z.ZodNumber {
  let ranged = schema;
  if (min !== undefined) ranged = ranged.min(min);
  if (max !== undefined) ranged = ranged.max(max);
  return ranged;
}
