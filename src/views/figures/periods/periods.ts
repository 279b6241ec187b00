import { addDays } from '../../kit/days.ts';

export type Period = 'day' | 'week' | 'month' | 'year';

/** From the finest on. */
export const PERIODS: readonly Period[] = ['day', 'week', 'month', 'year'];

/** Dates that Partoo cannot mean would make an axis without end. */
const MAX_PERIODS = 3_000;

/** Dates near the years 0 and 10000, which stand for "never", have neighbours of other lengths, which no loop would end at. */
const isOfOurTime = (day: string) => day > '1000' && day < '9000';

/** Returns the day that a date or time begins with; a month is its first day. */
export function dayIn(value: unknown): string | undefined {
  const [, month, day = '-01'] = /^(\d{4}-\d{2})(-\d{2})?(?:$|[T ])/.exec(String(value)) ?? [];
  const found = month && `${month}${day}`;
  return found && !Number.isNaN(Date.parse(found)) && isOfOurTime(found) ? found : undefined;
}

/** The first day of the period before or after. */
function neighbour(start: string, period: Period, step: 1 | -1): string {
  if (period === 'day') return addDays(start, step);
  if (period === 'week') return addDays(start, 7 * step);
  const date = new Date(start);
  if (period === 'month') date.setUTCMonth(date.getUTCMonth() + step, 1);
  else date.setUTCFullYear(date.getUTCFullYear() + step, 0, 1);
  return date.toISOString().slice(0, 10);
}

export const lastDayOf = (start: string, period: Period) => addDays(neighbour(start, period, 1), -1);

/**
 * Every period from the first to the last date in order, also those without a row, and those before and after that the dates
 * asked for include.
 */
export function periodsBetween(
  dates: readonly string[],
  period: Period,
  from?: string,
  to?: string,
): string[] {
  const sorted = [...new Set(dates)].toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const end = to !== undefined && to > last ? to : last;
  const all = new Set(sorted);
  let [start, before] = [first, neighbour(first, period, -1)];
  for (; start <= end && all.size < MAX_PERIODS; start = neighbour(start, period, 1)) all.add(start);
  if (from === undefined) return [...all].toSorted();
  for (
    ;
    lastDayOf(before, period) >= from && all.size < MAX_PERIODS;
    before = neighbour(before, period, -1)
  ) {
    all.add(before);
  }
  return [...all].toSorted();
}

/** Joins periods that follow each other to ranges, each with its first and last period. */
export function rangesOf(starts: readonly string[], period: Period): [first: string, last: string][] {
  const ranges: [string, string][] = [];
  for (const start of starts) {
    const range = ranges.at(-1);
    if (range && neighbour(range[1], period, 1) === start) range[1] = start;
    else ranges.push([start, start]);
  }
  return ranges;
}

/** `late`: its figures still change. `cut`: the dates asked for include only a part of it. */
export type Completeness = 'complete' | 'late' | 'cut';

export interface Span {
  /** The first and last whole day that was asked for. */
  from?: string;
  to?: string;
  /** The last day whose figures are final. */
  finalUntil: string;
}

export function completenessOf(start: string, period: Period, { from, to, finalUntil }: Span): Completeness {
  const last = lastDayOf(start, period);
  if ((from !== undefined && start < from) || (to !== undefined && last > to && to <= finalUntil))
    return 'cut';
  return last > finalUntil ? 'late' : 'complete';
}

/** A range that begins or ends within a day has that day only in part. */
export function spanOf(from: unknown, to: unknown, finalUntil: string): Span {
  const [first, last] = [dayIn(from), dayIn(to)];
  const isWhole = (value: unknown, time: RegExp) => {
    const rest = String(value).slice(10);
    return rest === '' || time.test(rest);
  };
  return {
    ...(first && { from: isWhole(from, /^[T ]00:00/) ? first : addDays(first, 1) }),
    ...(last && { to: isWhole(to, /^[T ]23:59/) ? last : addDays(last, -1) }),
    finalUntil,
  };
}

export const today = (): string => new Date().toISOString().slice(0, 10);
