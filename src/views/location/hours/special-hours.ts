import { isValues } from '../../kit/values.ts';
import { textsIn } from './slots.ts';

/** Exceptions to the opening hours, by days of the business's own calendar. */
export interface Period {
  /** YYYY-MM-DD; the last day is included. */
  start: string;
  end: string;
  /** Undefined: closed. */
  hours?: string[];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads what Partoo returns: `{open: [{starts_at, ends_at, open_hours}], close: [{starts_at, ends_at}]}`. */
export function readPeriods(value: unknown): Period[] {
  if (!isValues(value)) return [];
  const rows = (list: unknown) => (Array.isArray(list) ? list.filter(isValues) : []);
  const days = ({ starts_at, ends_at }: Record<string, unknown>) => ({
    start: String(starts_at ?? ''),
    end: String(ends_at ?? starts_at ?? ''),
  });
  return [
    ...rows(value.open).map(row => ({ ...days(row), hours: textsIn(row.open_hours) ?? [] })),
    ...rows(value.close).map(days),
  ].toSorted((one, other) => one.start.localeCompare(other.start));
}

/** Whether a period can stand in a calendar. */
export const hasDays = ({ start, end }: Period) => isDay(start) && isDay(end) && start <= end;

export const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(text));

export const periodOn = (periods: readonly Period[], day: string) =>
  periods.find(period => hasDays(period) && period.start <= day && day <= period.end);

export const keyOf = ({ start, end, hours }: Period) => `${start} ${end} ${hours?.join() ?? 'closed'}`;
