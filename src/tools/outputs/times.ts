import { toUtc } from '../fields/dates.ts';

/** Times as Partoo writes them. */

/** Plausible times, in seconds since 1970: from 1990 to 2100. */
const PLAUSIBLE = { from: Date.UTC(1990, 0) / 1000, to: Date.UTC(2100, 0) / 1000 };
/** Per second: s, ms, µs, ns. A plausible time in one unit is not plausible in another. */
const UNITS = [1, 1e3, 1e6, 1e9];

const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Returns a time as ISO 8601 with its zone, to the second. Partoo writes seconds since 1970 in businesses, and elsewhere
 * `2023-01-31T16:22:17` or `2023-01-31 16:22:17.327878+00:00`, in UTC if there is no zone. Returns undefined for an impossible
 * time, and null for text that is not a time.
 */
export function readTime(value: number | string): string | undefined | null {
  if (typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)) return fromEpoch(Number(value));
  const [, day, time, zone = 'Z'] = TIME.exec(value) ?? [];
  if (day === undefined) return null;
  const local = `${day}T${time}`;
  if (toUtc(`${local}Z`) !== local) return undefined;
  return `${local}${/^[+-]00:?00$/.test(zone) ? 'Z' : zone}`;
}

function fromEpoch(value: number): string | undefined {
  const unit = UNITS.find(unit => value / unit >= PLAUSIBLE.from && value / unit < PLAUSIBLE.to);
  return unit === undefined ? undefined : `${new Date((value / unit) * 1000).toISOString().slice(0, 19)}Z`;
}

/** `2026-05-31T14:00:00Z` → `2026-05-31`; other text unchanged. */
export const dayOf = (time: string) => (/^\d{4}-\d{2}-\d{2}T/.test(time) ? time.slice(0, 10) : time);

/** Allowed difference between Partoo's clock and ours. More would mistake an older text of the same words for this one. */
const CLOCK_SKEW_MS = 5_000;

/** Whether a time lies between two moments in epoch milliseconds, to the second. */
export function isBetween(date: unknown, from: number, to: number): boolean {
  if (typeof date !== 'string' && typeof date !== 'number') return false;
  const ms = Date.parse(readTime(date) ?? '');
  return ms >= Math.floor(from / 1000) * 1000 - CLOCK_SKEW_MS && ms <= to + CLOCK_SKEW_MS;
}
