/** More than that is a mistake, and no number that Redis could keep. */
const MAX_MS = 24 * 3_600_000;

/**
 * Milliseconds a `Retry-After` header asks for: seconds or an HTTP date (RFC 9110 §10.2.3).
 * Undefined when it is absent or unreadable; never negative, at most a day.
 */
export function retryAfterMs(header: string | string[] | undefined, now = Date.now()): number | undefined {
  const value = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!value) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.min(MAX_MS, Math.max(0, Math.ceil(ms)));
}
