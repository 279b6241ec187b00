/** The languages of the views. */
export type Language = 'en' | 'fr';

export interface Formats {
  language: Language;
  /** For formats of Intl that only one view needs. */
  locale: string;
  number(value: number): string;
  /** `value` in per cent. */
  percent(share: number): string;
  /** A calendar day, `2026-06-15`, or a time. */
  day(date: string | Date, style?: 'short' | 'long'): string;
  time(date: string | Date): string;
  /** How long ago, such as "3 days ago". */
  ago(date: string | Date): string;
  list(items: string[]): string;
}

const MINUTE = 60_000;
const UNITS = [
  ['year', 365 * 24 * 60 * MINUTE],
  ['month', 30 * 24 * 60 * MINUTE],
  ['week', 7 * 24 * 60 * MINUTE],
  ['day', 24 * 60 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
] as const;

/** Formats in the host's locale where it is English or French, otherwise in English. */
export function formatsOf(locale: string | undefined, timeZone: string | undefined): Formats {
  const language: Language = /^fr\b/i.test(locale ?? navigator.language) ? 'fr' : 'en';
  const tag = locale?.toLowerCase().startsWith(language) ? locale : language === 'fr' ? 'fr-FR' : 'en-GB';
  const inZone = (options: Intl.DateTimeFormatOptions, isDay: boolean) =>
    new Intl.DateTimeFormat(tag, { ...options, timeZone: isDay ? 'UTC' : timeZone });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  return {
    language,
    locale: tag,
    number: value => new Intl.NumberFormat(tag).format(value),
    percent: share =>
      new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 }).format(share),
    day(date, style = 'long') {
      const options: Intl.DateTimeFormatOptions =
        style === 'long'
          ? { day: 'numeric', month: 'long', year: 'numeric' }
          : { day: 'numeric', month: 'short' };
      return inZone(options, isDay(date)).format(new Date(date));
    },
    time: date => inZone({ hour: '2-digit', minute: '2-digit' }, false).format(new Date(date)),
    ago(date) {
      const ms = new Date(date).getTime() - Date.now();
      const [unit, size] = UNITS.find(([, size]) => Math.abs(ms) >= size) ?? (['minute', MINUTE] as const);
      return relative.format(Math.round(ms / size), unit);
    },
    list: items => new Intl.ListFormat(tag, { type: 'conjunction' }).format(items),
  };
}

/** A calendar day has no time zone. */
const isDay = (date: string | Date) => typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date);
