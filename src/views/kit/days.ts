/** Calendar days, `2026-06-15`, and months, `2026-06`, without a time zone. */

const DAY_MS = 86_400_000;

export const monthOf = (day: string): string => day.slice(0, 7);

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The first day of the week where the locale is used, from 1 for Monday to 7 for Sunday. */
export function firstDayOf(locale: string): number {
  const found = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?(): { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (found.getWeekInfo?.() ?? found.weekInfo)?.firstDay ?? 1;
}

export function weekStart(day: string, firstDay: number): string {
  const weekday = new Date(day).getUTCDay() || 7;
  return addDays(day, -((weekday - firstDay + 7) % 7));
}

/** The weeks that contain the month, whole: some of their days are of the months beside it. */
export function weeksOf(month: string, firstDay: number): string[][] {
  const weeks: string[][] = [];
  for (let day = weekStart(`${month}-01`, firstDay); monthOf(day) <= month; day = addDays(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(day, index)));
  }
  return weeks;
}
