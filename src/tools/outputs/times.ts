import { toUtc } from '../fields/parse-dates.ts';

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
