import * as z from 'zod';
import { expecting, field } from './advertised.ts';
import {
  type Bound,
  DAY_FORM,
  LOCAL_FORM,
  parseDate,
  parseFilterDate,
  parseLocalDateTime,
  parseUtcDateTime,
  parseZonedDateTime,
  UTC_FORM,
  ZONED_FORM,
} from './parse-dates.ts';
import { bare } from './value-spelling.ts';

/** A day, YYYY-MM-DD, that is published. */
export function date(description: string) {
  return field(z.preprocess(bare, day()), { type: 'string', description });
}

export const day = () => z.string(expecting(DAY_FORM)).transform(parser(parseDate));

/** A day that bounds what is read: of a time in UTC, its day in UTC. */
export function filterDate(description: string) {
  const day = z.string(expecting(DAY_FORM)).transform(parser(parseFilterDate));
  return field(z.preprocess(bare, day), { type: 'string', description });
}

/**
 * A point in time, sent to Partoo as UTC without a zone. A bare day means its first second in a lower bound
 * (`from`) and its last in an upper one (`to`), so that "to 31 May" includes 31 May.
 */
export function utcDateTime(bound: Bound, description: string) {
  const time = z.string(expecting(UTC_FORM)).transform(parser(value => parseUtcDateTime(value, bound)));
  return field(z.preprocess(bare, time), { type: 'string', description });
}

/** The same, where the public sees what comes of it: a time must say its zone, and only a day's end may be a bare day. */
export function zonedDateTime(bound: Bound, description: string) {
  const time = z.string(expecting(ZONED_FORM)).transform(parser(value => parseZonedDateTime(value, bound)));
  return field(z.preprocess(bare, time), { type: 'string', description });
}

/** A time on the business's own clock: an offset would contradict it and is refused. */
export function localDateTime(bound: Bound, description: string) {
  const time = z.string(expecting(LOCAL_FORM)).transform(parser(value => parseLocalDateTime(value, bound)));
  return field(z.preprocess(bare, time), { type: 'string', description });
}

/** Adapts a parser that answers the value or throws a RangeError saying what it expected. */
function parser(parse: (value: string) => string) {
  return (value: string, context: z.RefinementCtx): string => {
    try {
      return parse(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as RangeError).message });
      return z.NEVER;
    }
  };
}
