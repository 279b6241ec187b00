/** Days and months are `2026-06-15` and `2026-06`, without a time zone. */

const DAY_MS = 86_400_000;

export const monthOf = (day: string): string => day.slice(0, 7);

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The same day of another month, or its last day. */
export function moveMonths(day: string, months: number): string {
  const month = addMonths(monthOf(day), months);
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const same = `${month}-${day.slice(8)}`;
  return same > last ? last : same;
}

/** The weeks that contain the month. `firstDay`: 1 for Monday to 7 for Sunday. */
export function weeksOf(month: string, firstDay: number): string[][] {
  const start = weekStart(`${month}-01`, firstDay);
  const weeks: string[][] = [];
  for (let day = start; monthOf(day) <= month; day = addDays(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(day, index)));
  }
  return weeks;
}

export function weekStart(day: string, firstDay: number): string {
  const weekday = new Date(day).getUTCDay() || 7;
  return addDays(day, -((weekday - firstDay + 7) % 7));
}

/** The first day of the week where the locale is used: Monday in most of Europe. */
export function firstDayOf(locale: string): number {
  const { getWeekInfo, weekInfo } = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?(): { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (getWeekInfo?.call(new Intl.Locale(locale)) ?? weekInfo)?.firstDay ?? 1;
}

/** The month to show first: today's if it has a post, otherwise the one nearest to it. */
export function nearestMonth(days: string[], today: string): string {
  const distance = (day: string) =>
    monthOf(day) === monthOf(today) ? -1 : Math.abs(Date.parse(day) - Date.parse(today));
  const nearest = days.reduce<string | undefined>(
    (best, day) => (best === undefined || distance(day) < distance(best) ? day : best),
    undefined,
  );
  return monthOf(nearest ?? today);
}
