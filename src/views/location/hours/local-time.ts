/**
 * The time at a business. Partoo tells its country and mostly its coordinates, not its time zone: where several time zones are
 * possible, all of them count, and what holds in all of them is known.
 */

export interface LocalTime {
  /** YYYY-MM-DD */
  day: string;
  /** Since midnight. */
  minutes: number;
}

interface Place {
  country: string | undefined;
  longitude: number | undefined;
}

const DEGREES_PER_MINUTE = 0.25;
/** How far the clock of a time zone may be from the sun's: 2 h, and more in one zone of China. */
const FARTHEST_FROM_SUN = 130;

/** Returns the possible times, earliest first, or none if nothing is known of the place. */
export function localTimes({ country, longitude }: Place, now: Date): LocalTime[] {
  const solar = longitude === undefined ? undefined : longitude / DEGREES_PER_MINUTE;
  const offsets = [...new Set(zonesOf(country).map(zone => offsetOf(zone, now)))];
  const near = offsets.filter(offset => solar === undefined || Math.abs(offset - solar) <= FARTHEST_FROM_SUN);
  const possible = offsets.length < 2 ? offsets : near.length > 0 ? near : offsets;
  const solarOnly = solar === undefined ? [] : [solar - FARTHEST_FROM_SUN, solar + FARTHEST_FROM_SUN];
  return (possible.length > 0 ? possible : solarOnly)
    .toSorted((one, other) => one - other)
    .map(offset => timeAt(new Date(now.getTime() + offset * 60_000)));
}

/** Returns what is the same at all possible times. */
export function agreed<Value>(
  times: readonly LocalTime[],
  read: (time: LocalTime) => Value,
): Value | undefined {
  const [first, ...others] = times.map(read);
  const isSame = others.every(other => JSON.stringify(other) === JSON.stringify(first));
  return isSame ? first : undefined;
}

function zonesOf(country: string | undefined): string[] {
  if (!/^[A-Z]{2}$/.test(country ?? '')) return [];
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    timeZones?: string[];
    getTimeZones?(): string[] | undefined;
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

function offsetOf(timeZone: string, now: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return Math.round((local - now.getTime()) / 60_000);
}

/** The UTC fields of `date` are those of the place. */
const timeAt = (date: Date): LocalTime => ({
  day: date.toISOString().slice(0, 10),
  minutes: date.getUTCHours() * 60 + date.getUTCMinutes(),
});
