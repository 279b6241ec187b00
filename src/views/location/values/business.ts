import { agreed, type LocalTime, localTimes } from '../hours/local-time.ts';

/** What get_business returns. Every field may be absent. */
export type Business = Record<string, unknown>;

export const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap(item => textIn(item) ?? []) : [];

export interface TimeAtBusiness {
  /** The possible times at the business; those of the person's time zone if nothing is known of its place. */
  times: LocalTime[];
  isOfPerson: boolean;
  /** The day, where it is known. */
  today: string | undefined;
  /** Days before it have passed at the business. */
  firstAhead: string;
}

export function timeAt({ country, long }: Business, now: Date): TimeAtBusiness {
  const place = { country: textIn(country), longitude: typeof long === 'number' ? long : undefined };
  const found = localTimes(place, now);
  const times = found.length > 0 ? found : [timeOfPerson(now)];
  const [earliest] = times as [LocalTime];
  return {
    times,
    isOfPerson: found.length === 0,
    today: agreed(times, ({ day }) => day),
    firstAhead: earliest.day,
  };
}

function timeOfPerson(now: Date): LocalTime {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part =>
    String(part).padStart(2, '0'),
  );
  return { day: day.join('-'), minutes: now.getHours() * 60 + now.getMinutes() };
}

/** As an envelope has it. */
export function addressLines(business: Business, countryName: (code: string) => string): string[] {
  const { address_full, address, address2, zipcode, city, region, country } = business;
  const join = (...parts: unknown[]) => parts.flatMap(part => textIn(part) ?? []).join(' ');
  const code = textIn(country);
  return [
    join(textIn(address_full) ?? address),
    join(address2),
    join(zipcode, city),
    join(region),
    code === undefined ? '' : countryName(code),
  ].filter(line => line !== '');
}
