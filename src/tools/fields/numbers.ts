import * as z from 'zod';
import { type NumericId, toNumericId } from '../../core/json.ts';
import { expecting, field, stringField } from './field.ts';
import { toId, toNumber } from './normalize.ts';

interface Range {
  min?: number;
  max?: number;
}

export const integer = (description: string, range: Range = {}) =>
  field(z.preprocess(toNumber, inRange(z.int(expecting('must be a whole number such as 20')), range)), {
    type: 'integer',
    ...(range.max !== undefined && { maximum: range.max }),
    description,
  });

export const decimal = (description: string, range: Range) =>
  field(z.preprocess(toNumber, inRange(z.number(expecting('must be a number such as 48.85')), range)), {
    type: 'number',
    description,
  });

const inRange = (
  schema: z.ZodNumber,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Range,
) => schema.min(min).max(max);

/**
 * A numeric id of Partoo's. Advertised as a string: a client that parses a number beyond 2^53 would round it, and the call
 * would be about something else.
 */
export const numericId = (description: string) => stringField(toId, exactId(), description);

const ID_FORM = 'must be a numeric id such as 1234';

export const exactId = () =>
  z.custom<NumericId>(isNumericId, { error: ({ input }) => (input === undefined ? undefined : ID_FORM) });

/** `toId` leaves a string only where the number is beyond 2^53, or where the text is not a number. */
const isNumericId = (value: unknown) =>
  typeof value === 'string'
    ? typeof toNumericId(value) === 'string'
    : Number.isSafeInteger(value) && (value as number) > 0;
