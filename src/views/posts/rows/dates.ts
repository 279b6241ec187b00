/** Times far beyond, such as the end of the year 9999, stand for "never". */
const [FIRST, LAST] = [Date.UTC(1000), Date.UTC(9000)];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day of a time in a zone, `2026-06-15`; a day stays as it is. Undefined if it is neither, or not of our time. */
export function dayIn(timeZone: string | undefined): (time: string) => string | undefined {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return time => {
    const ms = parseTime(time);
    if (!(ms > FIRST && ms < LAST)) return undefined;
    return DAY.test(time) ? time : format.format(ms);
  };
}

/** Partoo's times without a zone are UTC. */
export const parseTime = (time: string): number =>
  Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(time) || DAY.test(time) ? time : `${time.replace(' ', 'T')}Z`);

export const isTime = (value: string): boolean => !Number.isNaN(parseTime(value));

/** The instant of `2026-06-15T09:00` on the clock of a zone, in UTC: `2026-06-15T07:00:00Z`. */
export function toUtc(local: string, timeZone: string | undefined): string | undefined {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return undefined;
  // The second round counts at a change to or from daylight saving time.
  const near = wanted - offsetAt(wanted, timeZone);
  return `${new Date(wanted - offsetAt(near, timeZone)).toISOString().slice(0, 19)}Z`;
}

function offsetAt(ms: number, timeZone: string | undefined): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, minute, second } = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(ms / 1_000) * 1_000;
}
