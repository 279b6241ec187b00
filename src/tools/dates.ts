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

/** The day of a time as answers write it; anything else as it is. */
export const dayOf = (time: string) =>
  /^\d{4}-\d{2}-\d{2}T/.test(time) ? time.slice(0, '2026-05-31'.length) : time;

/** Seconds since 1970 in which Partoo and what it tells of lie: from 1990 to 2100. */
const PLAUSIBLE = { from: Date.UTC(1990, 0) / 1000, to: Date.UTC(2100, 0) / 1000 };
/** Seconds, milliseconds, microseconds, nanoseconds: no plausible time of one is a plausible time of another. */
const UNITS = [1, 1e3, 1e6, 1e9];

const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A time as Partoo writes it, as ISO 8601 to the second with its zone: seconds since 1970 in businesses, elsewhere
 * `2023-01-31T16:22:17` or `2023-01-31 16:22:17.327878+00:00`, in UTC if there is no zone. Undefined for what is written like a
 * time and is none; null for any other text.
 */
export function readTime(value: number | string): string | undefined | null {
  if (typeof value === 'number') return fromEpoch(value);
  if (/^-?\d+(\.\d+)?$/.test(value)) return fromEpoch(Number(value));
  const [, day, time, zone = 'Z'] = TIME.exec(value) ?? [];
  if (day === undefined) return null;
  const local = `${day}T${time}`;
  if (toUtc(`${local}Z`) !== local) return undefined;
  return `${local}${/^[+-]00:?00$/.test(zone) ? 'Z' : zone}`;
}

function fromEpoch(value: number): string | undefined {
  const unit = UNITS.find(unit => value / unit >= PLAUSIBLE.from && value / unit < PLAUSIBLE.to);
  if (unit === undefined) return undefined;
  return `${new Date((value / unit) * 1000).toISOString().slice(0, 19)}Z`;
}

/** Partoo's clock and ours may be a little apart. More would take an older text of the same words for this one. */
const CLOCKS_APART_MS = 5_000;

/** Whether a time as Partoo writes it is between two moments in epoch milliseconds, to the second. */
export function isBetween(date: unknown, from: number, to: number): boolean {
  if (typeof date !== 'string' && typeof date !== 'number') return false;
  const ms = Date.parse(readTime(date) ?? '');
  return ms >= Math.floor(from / 1000) * 1000 - CLOCKS_APART_MS && ms <= to + CLOCKS_APART_MS;
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
function toUtc(time: string): string | undefined {
  const instant = new Date(time);
  if (Number.isNaN(instant.getTime())) return undefined;
  const utc = instant.toISOString();
  return utc.length === '2026-05-31T14:00:00.000Z'.length ? utc.slice(0, 19) : undefined;
}
