import type { Formats } from '../../kit/locale.ts';
import type { Period } from '../periods/periods.ts';
import type { FigureTexts } from './texts.ts';

export interface PeriodNames {
  short(start: string): string;
  long(start: string): string;
  range(first: string, last: string): string;
}

const STYLES: Record<Period, [short: Intl.DateTimeFormatOptions, long: Intl.DateTimeFormatOptions]> = {
  day: [
    { day: 'numeric', month: 'short' },
    { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  ],
  week: [
    { day: 'numeric', month: 'short' },
    { day: 'numeric', month: 'short', year: 'numeric' },
  ],
  month: [
    { month: 'short', year: 'numeric' },
    { month: 'long', year: 'numeric' },
  ],
  year: [{ year: 'numeric' }, { year: 'numeric' }],
};

/** Names periods by their first day: on an axis, and in full. */
export function periodNames(period: Period, { locale }: Formats, texts: FigureTexts): PeriodNames {
  const [short, long] = STYLES[period].map(
    style => new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }),
  ) as [Intl.DateTimeFormat, Intl.DateTimeFormat];
  const name = (start: string) => {
    const date = long.format(new Date(start));
    return period === 'week' ? texts.week(date) : date;
  };
  return {
    short: start => short.format(new Date(start)),
    long: name,
    // Weeks are named by their first day, so a range of dates would say something else.
    range: (first, last) =>
      first === last
        ? name(first)
        : period === 'week'
          ? texts.between(name(first), name(last))
          : long.formatRange(new Date(first), new Date(last)),
  };
}
