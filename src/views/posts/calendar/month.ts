import { addDays, addMonths, monthOf } from '../../kit/days.ts';

/** The same day of another month, or its last day. */
export function moveMonths(day: string, months: number): string {
  const month = addMonths(monthOf(day), months);
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const same = `${month}-${day.slice(8)}`;
  return same > last ? last : same;
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
