/** More than that is a mistake, and no number that Redis could keep. */
const MAX_MS = 24 * 3_600_000;
/** Thirty years: as a number of seconds to wait it makes no sense, as Unix time it is the year 2001. */
const FIRST_UNIX_SECONDS = 1e9;
/** As Unix time in seconds it would be the year 5138, in milliseconds it is 1973. */
const FIRST_UNIX_MS = 1e11;

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
/** The three forms of RFC 9110 §5.6.7 and ISO 8601. Date.parse would take "minutes 2" for a day in February. */
const DATE = /\d{1,2}:\d{2}/;
const ZONE = /(?:GMT|UTC?|Z|[+-]\d{2}:?\d{2})$/i;
/** Between several values, and not behind the day of the week. */
const COMMA = /(?<!\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?),/i;

export interface AnswerHeaders {
  'retry-after'?: string | string[] | undefined;
  date?: string | string[] | undefined;
}

/**
 * Milliseconds that an answer asks to wait with `Retry-After`: seconds or an HTTP date (RFC 9110 §10.2.3), or Unix time,
 * which some servers send instead. Moments are measured against the answer's own `Date`, since both are of one clock, and
 * against `now` without it. Of several values the longest counts.
 * Undefined when it is absent or unreadable; never negative, at most a day.
 */
export function retryAfterMs(headers: AnswerHeaders, now = Date.now()): number | undefined {
  // Nearly every answer: the date costs more to read.
  if (headers['retry-after'] === undefined) return undefined;
  const from = sentAt(headers) ?? now;
  const waits = valuesOf(headers['retry-after'])
    .map(value => waitMs(value, from))
    .filter(ms => ms !== undefined);
  return waits.length === 0 ? undefined : Math.min(MAX_MS, Math.max(0, Math.ceil(Math.max(...waits))));
}

function waitMs(value: string, from: number): number | undefined {
  if (!NUMBER.test(value)) {
    const moment = parseDate(value);
    return moment === undefined ? undefined : moment - from;
  }
  const number = Number(value);
  if (number < FIRST_UNIX_SECONDS) return number * 1_000;
  return (number < FIRST_UNIX_MS ? number * 1_000 : number) - from;
}

/** When an answer was sent, by the clock of who sent it: epoch milliseconds. */
export const sentAt = ({ date }: AnswerHeaders) => valuesOf(date).map(parseDate)[0];

const valuesOf = (header: string | string[] | undefined) =>
  [header ?? []]
    .flat()
    .flatMap(line => line.split(COMMA))
    .map(value => value.trim());

function parseDate(value: string): number | undefined {
  if (!DATE.test(value)) return undefined;
  // The asctime form names no zone and is of GMT all the same.
  const ms = Date.parse(ZONE.test(value) ? value : `${value} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}
