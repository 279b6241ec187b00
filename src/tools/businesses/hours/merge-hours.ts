import { isObject } from '../../../core/is-object.ts';
import { objectsIn } from '../../../partoo/responses/confirmation.ts';
import type { OpenPeriod, Period, SpecificHours } from './specific-hours.ts';

/** Sets some days in the exceptions of a business and keeps all others. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Partoo could also send 0000-00-00, which cannot be counted on from. */
const isDay = (value: unknown) =>
  typeof value === 'string' &&
  DAY.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  addDays(value, 0) === value;

/** Reads the exceptions of a business as Partoo returns them. Undefined if a part of them cannot be understood, and so not be kept. */
export function readHours(value: unknown): SpecificHours | undefined {
  if (value === undefined || value === null) return { open: [], close: [] };
  if (!isObject(value)) return undefined;
  const [open, close] = [value.open ?? [], value.close ?? []];
  if (!Array.isArray(open) || !Array.isArray(close)) return undefined;
  const isWhole =
    objectsIn(open).length === open.length &&
    objectsIn(close).length === close.length &&
    [...open, ...close].every(
      ({ starts_at, ends_at }) => isDay(starts_at) && isDay(ends_at) && starts_at <= ends_at,
    ) &&
    open.every(({ open_hours }) => Array.isArray(open_hours));
  return isWhole ? { open: open.map(openPeriod), close: close.map(closedPeriod) } : undefined;
}

const openPeriod = ({ starts_at, ends_at, open_hours }: OpenPeriod) => ({ starts_at, ends_at, open_hours });
const closedPeriod = ({ starts_at, ends_at }: Period) => ({ starts_at, ends_at });

/** The days of `wanted` win; periods that they cut keep their other days. */
export function mergeHours(existing: SpecificHours, wanted: SpecificHours): SpecificHours {
  const cuts = join([...wanted.open, ...wanted.close].map(closedPeriod));
  return joined({
    open: [...without(existing.open, cuts), ...wanted.open],
    close: [...without(existing.close, cuts), ...wanted.close],
  });
}

/** The exceptions on days of `wanted`: what a merge replaces, whole. */
export function replacedHours(existing: SpecificHours, wanted: SpecificHours): SpecificHours {
  const days = join([...wanted.open, ...wanted.close].map(closedPeriod));
  const isReplaced = ({ starts_at, ends_at }: Period) =>
    days.some(day => day.starts_at <= ends_at && starts_at <= day.ends_at);
  return { open: existing.open.filter(isReplaced), close: existing.close.filter(isReplaced) };
}

export const isSameHours = (one: SpecificHours, other: SpecificHours) =>
  JSON.stringify(joined(one)) === JSON.stringify(joined(other));

/** What is left of periods without the days of `cuts`, which are joined. In one pass: a business can have thousands of both. */
function without<Kind extends Period>(periods: Kind[], cuts: Period[]): Kind[] {
  let first = 0;
  return join(periods).flatMap(period => {
    while ((cuts[first]?.ends_at ?? period.starts_at) < period.starts_at) first++;
    const pieces: Kind[] = [];
    let { starts_at } = period;
    for (let index = first; starts_at <= period.ends_at; index++) {
      const cut = cuts[index];
      if (!cut || cut.starts_at > period.ends_at) return [...pieces, { ...period, starts_at }];
      if (starts_at < cut.starts_at)
        pieces.push({ ...period, starts_at, ends_at: addDays(cut.starts_at, -1) });
      // The day after the last of all is no date.
      if (cut.ends_at >= period.ends_at) return pieces;
      starts_at = addDays(cut.ends_at, 1);
    }
    return pieces;
  });
}

/** Sorted, with periods joined that touch and have the same hours. */
const joined = ({ open, close }: SpecificHours): SpecificHours => ({ open: join(open), close: join(close) });

function join<Kind extends Period>(periods: Kind[]): Kind[] {
  const whole: Kind[] = [];
  for (const period of periods.toSorted((a, b) => (a.starts_at < b.starts_at ? -1 : 1))) {
    const last = whole.at(-1);
    if (last && hoursOf(last) === hoursOf(period) && period.starts_at <= addDays(last.ends_at, 1)) {
      if (period.ends_at > last.ends_at) last.ends_at = period.ends_at;
    } else {
      whole.push({ ...period });
    }
  }
  return whole;
}

const hoursOf = (period: Period & { open_hours?: string[] }) => JSON.stringify(period.open_hours);

const DAY_MS = 86_400_000;

const addDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
