/**
 * Dates as models write them, into dates as Partoo documents them: `2017-08-01T00:00:00`, no zone.
 * Each function throws a RangeError whose message says what was expected.
 */

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

export type Bound = 'from' | 'to';

/** A day, YYYY-MM-DD; the time of a date-time is cut off. */
export function parseDate(value: string): string {
  const expected = 'must be a date such as 2026-05-31';
  return read(value, 'from', expected).day;
}

/** A time in UTC; a zone in the value is converted, none means UTC. */
export function parseUtcDateTime(value: string, bound: Bound): string {
  const expected = 'must be a date or time such as 2026-05-31 or 2026-05-31T14:00:00Z';
  const { local, zone } = read(value, bound, expected);
  if (!zone) return local;
  const instant = new Date(`${local}${zone}`);
  if (Number.isNaN(instant.getTime())) throw new RangeError(expected);
  return instant.toISOString().slice(0, 19);
}

/** A time on the business's own clock. */
export function parseLocalDateTime(value: string, bound: Bound): string {
  const expected = "must be the business's local time without a zone, such as 2026-05-31T14:00:00";
  const { local, zone } = read(value, bound, expected);
  if (zone) throw new RangeError(expected);
  return local;
}

/** Partoo's clock may be a little behind ours. More would take an older text of the same words for this one. */
const CLOCKS_APART_MS = 5_000;

/** Whether a date as Partoo writes it, with a zone or else in UTC, is not before `since`. */
export function isSince(date: unknown, since: Date): boolean {
  if (typeof date !== 'string') return false;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(date) ? date : `${date}Z`;
  return Date.parse(zoned) >= since.getTime() - CLOCKS_APART_MS;
}

function read(value: string, bound: Bound, expected: string) {
  const [, day, minutes, seconds = '00', zone] = DATE_TIME.exec(value) ?? [];
  if (day === undefined) throw new RangeError(expected);
  const endOfDay = bound === 'to' ? '23:59:59' : '00:00:00';
  const local = `${day}T${minutes ? `${minutes}:${seconds}` : endOfDay}`;
  // Date rolls 31 February over into March; what comes back must be what was said.
  const instant = new Date(`${local}Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(local)) {
    throw new RangeError(`${expected}; ${value} is not on the calendar`);
  }
  return { day, local, zone };
}
