// The API's date formats. All are UTC.

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** `2026-11-21T08:30:00`, in reviews and posts. */
export const isoSeconds = (ms: number) => new Date(ms).toISOString().slice(0, 19);

/** `2026-11-21`, in profile statistics and opening hours. */
export const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** `2026-11-21 08:30:00.123000+00:00`, in messages. */
export const messageDate = (ms: number) =>
  new Date(ms).toISOString().replace('T', ' ').replace('Z', '000+00:00');

export const epochSeconds = (ms: number) => ms / 1000;

/** Parses a date, or a date and time without an offset. */
export const parseUtc = (text: string) => Date.parse(text.length === 10 ? text : `${text}Z`);

export type Period = 'day' | 'week' | 'month' | 'year';
export const PERIODS = ['day', 'week', 'month', 'year'] as const;

/** The first day of the period that contains `day`. Weeks start on Monday. */
export function periodStart(day: string, period: Period): string {
  if (period === 'day') return day;
  if (period === 'month') return `${day.slice(0, 7)}-01`;
  if (period === 'year') return `${day.slice(0, 4)}-01-01`;
  const ms = Date.parse(day);
  const sinceMonday = (new Date(ms).getUTCDay() + 6) % 7;
  return isoDay(ms - sinceMonday * DAY);
}
