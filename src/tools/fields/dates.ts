import * as z from 'zod';
import { expecting, stringField } from './field.ts';
import { unquote } from './normalize.ts';

/** Dates as models write them, into dates as Partoo documents them: `2017-08-01T00:00:00`, no zone. */

/** A bare day means its first second in a lower bound, and its last in an upper one, so that "to 31 May" includes 31 May. */
type Bound = 'from' | 'to';

const DAY_FORM = 'must be a date such as 2026-05-31';
const UTC_FORM = 'must be a date or time such as 2026-05-31 or 2026-05-31T14:00:00Z';
const ZONED_FORM = 'must be a time with its zone, such as 2026-05-31T14:00:00Z or 2026-05-31T14:00:00+02:00';
const LOCAL_FORM =
  "must be the business's local time without a zone and with the year first, such as 2026-05-31T14:00:00";

/** A day that is published, YYYY-MM-DD. */
export const day = () => parsed(DAY_FORM, parseDate);
export const date = (description: string) => stringField(unquote, day(), description);

/** A day that bounds what is read. A time in UTC becomes its day in UTC. */
export const filterDate = (description: string) =>
  stringField(unquote, parsed(DAY_FORM, parseFilterDate), description);

export const utcDateTime = (bound: Bound, description: string) =>
  stringField(
    unquote,
    parsed(UTC_FORM, value => parseUtcDateTime(value, bound)),
    description,
  );

/** A time that decides when something is published, sent as UTC. It must name its zone, or be a bare day in an upper bound. */
export const zonedDateTime = (bound: Bound, description: string) =>
  stringField(
    unquote,
    parsed(ZONED_FORM, value => parseZonedDateTime(value, bound)),
    description,
  );

/** A time on the business's own clock: an offset would contradict it and is refused. */
export const localDateTime = (bound: Bound, description: string) =>
  stringField(
    unquote,
    parsed(LOCAL_FORM, value => parseLocalDateTime(value, bound)),
    description,
  );

/** Reports the RangeError of a parser as the value's problem. */
const parsed = (form: string, parse: (value: string) => string) =>
  z.string(expecting(form)).transform((value, context) => {
    try {
      return parse(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as RangeError).message });
      return z.NEVER;
    }
  });

/** The first and last second: programs write a day as either. */
const DAY_AS_TIME = /T(?:00:00:00|23:59:59)$/;

export const parseFilterDate = (value: string) => read(value, 'from', DAY_FORM).day;

/** Refuses a time in UTC, whose day may be another at the business: in Paris, 25 December begins at 2026-12-24T23:00:00Z. */
export function parseDate(value: string): string {
  const { day, local, zone } = read(value, 'from', DAY_FORM);
  if (zone !== undefined && isUtc(zone) && !DAY_AS_TIME.test(local)) {
    throw new RangeError(`${DAY_FORM}; a time in UTC may be on another day at the business`);
  }
  return day;
}

/** Returns UTC. A value without a zone is taken for UTC. */
export function parseUtcDateTime(value: string, bound: Bound): string {
  const { local, zone } = read(value, bound, UTC_FORM);
  const utc = zone ? toUtc(`${local}${offsetOf(zone)}`) : local;
  if (utc === undefined) throw new RangeError(UTC_FORM);
  return utc;
}

function parseZonedDateTime(value: string, bound: Bound): string {
  const { zone, isDay } = read(value, bound, ZONED_FORM);
  if (!zone && !(isDay && bound === 'to')) throw new RangeError(ZONED_FORM);
  return parseUtcDateTime(value, bound);
}

export function parseLocalDateTime(value: string, bound: Bound): string {
  const { local, zone } = read(value, bound, LOCAL_FORM);
  if (zone) throw new RangeError(LOCAL_FORM);
  return local;
}

/** The year comes first: `05/06/2026` could be in May or June. A bare number could be seconds or milliseconds. */
const DATE_TIME =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:(?:T|\s+)(\d{1,2})[:h](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;

function read(value: string, bound: Bound, expected: string) {
  const [, year, month = '', date = '', hour, minute, second = '00', zone] =
    DATE_TIME.exec(value.trim()) ?? [];
  if (year === undefined) throw new RangeError(expected);
  const day = `${year}-${twoDigits(month)}-${twoDigits(date)}`;
  const isDay = hour === undefined;
  const time = isDay ? { from: '00:00:00', to: '23:59:59' }[bound] : `${twoDigits(hour)}:${minute}:${second}`;
  const local = `${day}T${time}`;
  // Date rolls 31 February over into March.
  if (toUtc(`${day}T00:00:00Z`) !== `${day}T00:00:00`)
    throw new RangeError(`${expected}; ${day} is not on the calendar`);
  if (toUtc(`${local}Z`) !== local) throw new RangeError(`${expected}; ${time} is not on the clock`);
  return { day, local, zone, isDay };
}

const twoDigits = (number: string) => number.padStart(2, '0');

const isUtc = (zone: string) => /^(?:[a-z]+|[+-]00(?::?00)?)$/i.test(zone);

/** `+02` and `+0200` → `+02:00`; letters are names of UTC. */
const offsetOf = (zone: string) =>
  /^[a-z]/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.length > 3 ? zone.slice(-2) : '00'}`;

/** The instant as `2026-05-31T14:00:00`, in UTC; undefined if `time` is not a time, or not in a year of four digits. */
export function toUtc(time: string): string | undefined {
  const instant = new Date(time);
  if (Number.isNaN(instant.getTime())) return undefined;
  const utc = instant.toISOString();
  return utc.length === '2026-05-31T14:00:00.000Z'.length ? utc.slice(0, 19) : undefined;
}
