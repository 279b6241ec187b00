/**
 * Dates as models write them, into dates as Partoo documents them: `2017-08-01T00:00:00`, no zone.
 * Each function throws a RangeError whose message says what was expected.
 */

/**
 * The year comes first, or nobody knows whether `05/06/2026` is in May or in June; and a bare number could be seconds
 * or milliseconds.
 */
const DATE_TIME =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:(?:T|\s+)(\d{1,2})[:h](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;

export type Bound = 'from' | 'to';

export const DAY_FORM = 'must be a date such as 2026-05-31';
export const UTC_FORM = 'must be a date or time such as 2026-05-31 or 2026-05-31T14:00:00Z';
export const LOCAL_FORM =
  "must be the business's local time without a zone and with the year first, such as 2026-05-31T14:00:00";

/** The first and the last second, by which programs write a day as a time. */
const DAY_AS_TIME = /T(?:00:00:00|23:59:59)$/;

/** A day to filter by, YYYY-MM-DD; the time of a date-time is cut off. */
export const parseFilterDate = (value: string) => read(value, 'from', DAY_FORM).day;

/**
 * A day that people will see, YYYY-MM-DD; the time of a date-time is cut off. A time in UTC has no such day: programs write the
 * 25th of December in Paris as 2026-12-24T23:00:00Z.
 */
export function parseDate(value: string): string {
  const { day, local, zone } = read(value, 'from', DAY_FORM);
  if (zone !== undefined && isUtc(zone) && !DAY_AS_TIME.test(local)) {
    throw new RangeError(`${DAY_FORM}; a time in UTC may be of another day at the business`);
  }
  return day;
}

/** A time in UTC; a zone in the value is converted, none means UTC. */
export function parseUtcDateTime(value: string, bound: Bound): string {
  const { local, zone } = read(value, bound, UTC_FORM);
  if (!zone) return local;
  const utc = toUtc(`${local}${offset(zone)}`);
  if (utc === undefined) throw new RangeError(UTC_FORM);
  return utc;
}

export const ZONED_FORM =
  'must be a time with its zone, such as 2026-05-31T14:00:00Z or 2026-05-31T14:00:00+02:00';

/** A time in UTC whose zone must be said: without, it could be the business's own clock. */
export function parseZonedDateTime(value: string, bound: Bound): string {
  const { zone, isDay } = read(value, bound, ZONED_FORM);
  if (!zone && !(isDay && bound === 'to')) throw new RangeError(ZONED_FORM);
  return parseUtcDateTime(value, bound);
}

/** A time on the business's own clock. */
export function parseLocalDateTime(value: string, bound: Bound): string {
  const { local, zone } = read(value, bound, LOCAL_FORM);
  if (zone) throw new RangeError(LOCAL_FORM);
  return local;
}

function read(value: string, bound: Bound, expected: string) {
  const [, year, month, date, hour, minute, second = '00', zone] = DATE_TIME.exec(value.trim()) ?? [];
  if (year === undefined || month === undefined || date === undefined) throw new RangeError(expected);
  const day = [year, twoDigits(month), twoDigits(date)].join('-');
  const endOfDay = bound === 'to' ? '23:59:59' : '00:00:00';
  const local = `${day}T${hour === undefined ? endOfDay : `${twoDigits(hour)}:${minute}:${second}`}`;
  // Date rolls 31 February over into March; what comes back must be what was said.
  if (toUtc(`${local}Z`) !== local) {
    const isDay = toUtc(`${day}T00:00:00Z`) === `${day}T00:00:00`;
    const wrong = isDay
      ? `${local.slice(day.length + 1)} is not on the clock`
      : `${day} is not on the calendar`;
    throw new RangeError(`${expected}; ${wrong}`);
  }
  return { day, local, zone, isDay: hour === undefined };
}

const isUtc = (zone: string) => /^(?:[a-z]+|[+-]00(?::?00)?)$/i.test(zone);

const twoDigits = (number: string) => number.padStart(2, '0');

/** `+02`, `+0200`, `+02:00`; letters are UTC by its names. */
function offset(zone: string): string {
  if (/^[a-z]/i.test(zone)) return 'Z';
  return `${zone.slice(0, 3)}:${zone.length > 3 ? zone.slice(-2) : '00'}`;
}

/** Without a zone, to the second; undefined for what is no time, or in no year of four digits. */
export function toUtc(time: string): string | undefined {
  const instant = new Date(time);
  if (Number.isNaN(instant.getTime())) return undefined;
  const utc = instant.toISOString();
  return utc.length === '2026-05-31T14:00:00.000Z'.length ? utc.slice(0, 19) : undefined;
}
