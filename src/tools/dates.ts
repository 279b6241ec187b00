/**
 * Dates as models write them, into dates as Partoo documents them: `2017-08-01T00:00:00`, no zone.
 * Each function throws a RangeError whose message says what was expected.
 */

/**
 * The year comes first, or nobody knows whether `05/06/2026` is in May or in June; and a bare number could be seconds
 * or milliseconds.
 */
const DATE_TIME =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;

export type Bound = 'from' | 'to';

export const DAY_FORM = 'must be a date such as 2026-05-31';
export const UTC_FORM = 'must be a date or time such as 2026-05-31 or 2026-05-31T14:00:00Z';
export const LOCAL_FORM = "must be the business's local time without a zone, such as 2026-05-31T14:00:00";

/** A day, YYYY-MM-DD; the time of a date-time is cut off. */
export function parseDate(value: string): string {
  return read(value, 'from', DAY_FORM).day;
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

/** Partoo's clock may be a little behind ours. More would take an older text of the same words for this one. */
const CLOCKS_APART_MS = 5_000;

/** Whether a date as Partoo writes it, with a zone or else in UTC, is not before `since`. */
export function isSince(date: unknown, since: Date): boolean {
  if (typeof date !== 'string') return false;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(date) ? date : `${date}Z`;
  return Date.parse(zoned) >= since.getTime() - CLOCKS_APART_MS;
}

function read(value: string, bound: Bound, expected: string) {
  const [, year, month, date, hour, minute, second = '00', zone] = DATE_TIME.exec(value.trim()) ?? [];
  if (year === undefined || month === undefined || date === undefined) throw new RangeError(expected);
  const day = [year, twoDigits(month), twoDigits(date)].join('-');
  const endOfDay = bound === 'to' ? '23:59:59' : '00:00:00';
  const local = `${day}T${hour === undefined ? endOfDay : `${twoDigits(hour)}:${minute}:${second}`}`;
  // Date rolls 31 February over into March; what comes back must be what was said.
  if (toUtc(`${local}Z`) !== local) throw new RangeError(`${expected}; ${day} is not on the calendar`);
  return { day, local, zone, isDay: hour === undefined };
}

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
