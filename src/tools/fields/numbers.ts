import * as z from 'zod';
import { type NumericId, toNumericId } from '../../core/json.ts';
import { expecting, field } from './advertised.ts';
import { toId, toNumber } from './value-spelling.ts';

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

const wholeNumber = () => z.int(expecting('must be a whole number such as 20'));

/**
 * The id of something that Partoo numbers. Shown as a text: a client that parses a longer number than JavaScript holds would
 * round it, and the call would be about something else.
 */
export function numericId(description: string) {
  return field(z.preprocess(toId, exactId()), { type: 'string', description });
}

export const exactId = () =>
  z.custom<NumericId>(isNumericId, { error: ({ input }) => (input === undefined ? undefined : ID_FORM) });

const ID_FORM = 'must be a whole number such as 20, from 1';

const isNumericId = (value: unknown) =>
  typeof value === 'number' ? Number.isSafeInteger(value) && value > 0 : isLong(value);

/** What toId leaves as a text is either longer than JavaScript's numbers or no number. */
const isLong = (value: unknown) => typeof value === 'string' && typeof toNumericId(value) === 'string';

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
