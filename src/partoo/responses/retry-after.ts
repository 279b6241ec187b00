/** A longer wait is a mistake, and possibly more than Redis can store. */
const MAX_MS = 24 * 3_600_000;
/** From here a number is Unix time (2001), not seconds to wait (thirty years). */
const MIN_UNIX_SECONDS = 1e9;
/** From here Unix time is in milliseconds (1973), not in seconds (the year 5138). */
const MIN_UNIX_MS = 1e11;

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
/** Every date format of RFC 9110 §5.6.7 and ISO 8601 has one. Date.parse alone takes "minutes 2" for a day in February. */
const TIME_OF_DAY = /\d{1,2}:\d{2}/;
const ZONE = /(?:GMT|UTC?|Z|[+-]\d{2}:?\d{2})$/i;

interface ResponseHeaders {
  'retry-after'?: string | string[] | undefined;
  date?: string | string[] | undefined;
}

/**
 * Reads `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110 §10.2.3), or Unix time, which some servers send.
 * Dates are compared with the response's own `Date`, since both come from one clock, or else with `now`. Of repeated headers
 * the longest wait counts. Undefined if absent or unreadable; from 0 to one day.
 */
export function retryAfterMs(headers: ResponseHeaders, now = Date.now()): number | undefined {
  // Nearly every response. Parsing the date costs more.
  if (headers['retry-after'] === undefined) return undefined;
  const from = sentAt(headers) ?? now;
  const waits = [headers['retry-after']].flat().flatMap(value => waitMs(value.trim(), from) ?? []);
  return waits.length === 0 ? undefined : Math.min(MAX_MS, Math.max(0, Math.ceil(Math.max(...waits))));
}

function waitMs(value: string, from: number): number | undefined {
  if (!NUMBER.test(value)) {
    const date = parseDate(value);
    return date === undefined ? undefined : date - from;
  }
  const number = Number(value);
  if (number < MIN_UNIX_SECONDS) return number * 1_000;
  return (number < MIN_UNIX_MS ? number * 1_000 : number) - from;
}

/** The response's `Date`: epoch milliseconds on the sender's clock. */
export const sentAt = ({ date }: ResponseHeaders) => [date ?? []].flat().map(parseDate)[0];

function parseDate(value: string): number | undefined {
  if (!TIME_OF_DAY.test(value)) return undefined;
  // The asctime format names no zone but means GMT.
  const ms = Date.parse(ZONE.test(value) ? value : `${value} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}
