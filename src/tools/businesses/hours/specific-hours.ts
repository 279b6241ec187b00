import * as z from 'zod';
import { day } from '../../fields/index.ts';
import { slots } from './opening-slots.ts';

/** Exceptions to the opening hours, as Partoo documents them. `ends_at` is the last day: undocumented, but its samples say so. */

const period = { starts_at: day(), ends_at: day() };
const endsAfterStart = (value: Period) => value.starts_at <= value.ends_at;
const wrongOrder = { error: 'ends_at is before starts_at' };

const bothLists = {
  error: ({ input }: { input?: unknown }) =>
    input === undefined
      ? 'is required: open and close replace all exceptions; include those to keep, [] for none'
      : undefined,
};
const openSlots = slots.refine(day => day.length > 0, {
  error: 'has no slots; put closed days in close',
});

const openPeriod = z.strictObject({ ...period, open_hours: openSlots }).refine(endsAfterStart, wrongOrder);
const closedPeriod = z.strictObject(period).refine(endsAfterStart, wrongOrder);

export const openPeriods = z.array(openPeriod);
export const closedPeriods = z.array(closedPeriod);

export const specificHours = z
  .strictObject({ open: z.array(openPeriod, bothLists), close: z.array(closedPeriod, bothLists) })
  .superRefine(({ open, close }, context) => {
    const message = dayInTwo(open, close);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** Days of the business's own calendar, YYYY-MM-DD; the last is included. */
export interface Period {
  starts_at: string;
  ends_at: string;
}
export interface OpenPeriod extends Period {
  open_hours: string[];
}
export interface SpecificHours {
  open: OpenPeriod[];
  close: Period[];
}

/** Finds a day that is both open and closed, or has two lists of hours. Two closed periods may overlap. */
export function dayInTwo(open: Period[], close: Period[]): string | undefined {
  const at = (list: string) => (period: Period, index: number) => ({ ...period, place: `${list}[${index}]` });
  const periods = [...open.map(at('open')), ...close.map(at('close'))];
  for (const [index, one] of periods.slice(0, open.length).entries()) {
    const overlaps = (other: Period) => other.starts_at <= one.ends_at && one.starts_at <= other.ends_at;
    const other = periods.slice(index + 1).find(overlaps);
    if (!other) continue;
    const day = one.starts_at > other.starts_at ? one.starts_at : other.starts_at;
    return `${day} is in ${one.place} and in ${other.place}; keep it in one of them`;
  }
  return undefined;
}

const HOUR_MS = 3_600_000;
/** How far a business's own clock may be behind UTC: what has passed there has passed everywhere. */
const FARTHEST_BEHIND = -12;
const DEGREES_PER_HOUR = 15;

/** The day at a longitude, by the sun; without one, the earliest day that some business may still have. */
function dayAt(now: Date, longitude: number | undefined): string {
  const hours = longitude === undefined ? FARTHEST_BEHIND : Math.round(longitude / DEGREES_PER_HOUR);
  return new Date(now.getTime() + hours * HOUR_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** Partoo refuses periods that have passed: seen in working third-party code. */
export function withoutPast({ open, close }: SpecificHours, now: Date, longitude?: number): SpecificHours {
  const today = dayAt(now, longitude);
  const isAhead = ({ ends_at }: Period) => ends_at >= today;
  return { open: open.filter(isAhead), close: close.filter(isAhead) };
}

export const periodsIn = ({ open, close }: SpecificHours) => open.length + close.length;
