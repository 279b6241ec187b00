/** Calendar days, `2026-06-15`, and months, `2026-06`, without a time zone. */

const DAY_MS = 86_400_000;

export const addDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

export function addMonths(month: string, months: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7);
}

export const monthOf = (day: string) => day.slice(0, 7);

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

/** From Monday, 0. */
export const weekdayIndex = (day: string) => (new Date(day).getUTCDay() + 6) % 7;

export const weekdayOf = (day: string) => WEEKDAYS[weekdayIndex(day)] as Weekday;

/** The days of a week as a country counts them. */
export function weekIn(locale: string): Weekday[] {
  const first = firstDay(locale);
  return WEEKDAYS.map((_, index) => WEEKDAYS[(first + index) % 7] as Weekday);
}

/** Returns 0 for Monday. */
function firstDay(locale: string): number {
  const { weekInfo, getWeekInfo } = new Intl.Locale(locale) as {
    weekInfo?: { firstDay: number };
    getWeekInfo?(): { firstDay: number };
  };
  const info = getWeekInfo ? getWeekInfo.call(new Intl.Locale(locale)) : weekInfo;
  return ((info?.firstDay ?? 1) + 6) % 7;
}

/** The weeks of a month, each from the first day of the week, with days of the neighbouring months undefined. */
export function weeksOf(month: string, locale: string): (string | undefined)[][] {
  const first = `${month}-01`;
  const offset = (weekdayIndex(first) - firstDay(locale) + 7) % 7;
  const end = `${addMonths(month, 1)}-01`;
  const weeks: (string | undefined)[][] = [];
  for (let start = addDays(first, -offset); start < end; start = addDays(start, 7)) {
    weeks.push(
      Array.from({ length: 7 }, (_, index) => {
        const day = addDays(start, index);
        return monthOf(day) === month ? day : undefined;
      }),
    );
  }
  return weeks;
}

/** A Monday, to name weekdays by. */
const SOME_MONDAY = '2024-01-01';

export const weekdayName = (weekday: Weekday, locale: string, style: 'long' | 'short' | 'narrow') =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(
    new Date(addDays(SOME_MONDAY, WEEKDAYS.indexOf(weekday))),
  );
