import { addDays, firstDayOf } from '../../kit/days.ts';

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

export type Weekday = (typeof WEEKDAYS)[number];

export const weekdayOf = (day: string) => WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7] as Weekday;

/** The days of a week as a country counts them. */
export function weekIn(locale: string): Weekday[] {
  const first = firstDayOf(locale) - 1;
  return WEEKDAYS.map((_, index) => WEEKDAYS[(first + index) % 7] as Weekday);
}

/** A Monday, to name weekdays by. */
const SOME_MONDAY = '2024-01-01';

export const weekdayName = (weekday: Weekday, locale: string, style: 'long' | 'short' | 'narrow') =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(
    new Date(addDays(SOME_MONDAY, WEEKDAYS.indexOf(weekday))),
  );
