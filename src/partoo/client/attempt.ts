/** One HTTP attempt's outcome, by what it means for sending again. */
export type Attempt =
  | PartooResponse
  /** The request was never written to a connection: Partoo certainly did not act. */
  | { kind: 'not_sent'; endedBy?: TimeLimit; cause: unknown }
  /** Sent without a whole response: Partoo may have acted. */
  | { kind: 'lost'; endedBy?: TimeLimit; cause: unknown };

export interface PartooResponse {
  kind: 'response';
  status: number;
  json: unknown;
  /** The body of a refusal that is not JSON; Partoo's API always returns JSON. */
  text?: string;
  /** Milliseconds, from `Retry-After`. */
  retryAfterMs?: number;
  /** Epoch milliseconds on Partoo's clock, from `Date`. */
  sentAt?: number;
  /** A rate limit refused the request, whatever the status. */
  rateLimited?: boolean;
}

/**
 * - `timeout`: Partoo used up the time it may take.
 * - `deadline`: the call's deadline left Partoo less time than that.
 * - `memory`: waiting for response memory used up the call's time. Partoo did respond.
 */
export type TimeLimit = 'timeout' | 'deadline' | 'memory';

/** Partoo's documented `Retry-After`, for a 429 without one. */
const DEFAULT_RETRY_AFTER_MS = 60_000;
/**
 * The longest that a rate limit pauses an organization before the next attempt. The limit is per minute, so a longer
 * `Retry-After` has its unit or its clock wrong, and another 429 costs one request.
 */
const MAX_RATE_LIMIT_PAUSE_MS = 5 * 60_000;

/** Statuses of proxies that stopped waiting for the server behind them, besides 5xx: nginx, Traefik and AWS. */
const PROXY_GAVE_UP = new Set([408, 499, 460]);

/** Whether Partoo may have acted. Includes redirects, which are not followed. */
export function isInDoubt(attempt: Attempt): boolean {
  if (attempt.kind === 'lost') return true;
  if (attempt.kind === 'not_sent' || isRateLimited(attempt)) return false;
  const { status } = attempt;
  return status >= 500 || PROXY_GAVE_UP.has(status) || (status >= 300 && status < 400);
}

/** Whether a rate limit refused the request: Partoo did not act. */
export const isRateLimited = (attempt: Attempt) =>
  attempt.kind === 'response' && (attempt.status === 429 || attempt.rateLimited === true);

/** Milliseconds that the response asks to wait. Never undefined for a rate limit, whose wait is at most five minutes. */
export function requestedWaitMs(attempt: Attempt): number | undefined {
  if (attempt.kind !== 'response') return undefined;
  if (!isRateLimited(attempt)) return attempt.retryAfterMs;
  return Math.min(MAX_RATE_LIMIT_PAUSE_MS, attempt.retryAfterMs ?? DEFAULT_RETRY_AFTER_MS);
}
