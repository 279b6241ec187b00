import type { Attempt } from './transport.ts';

export const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 8_000;
/** Partoo's documented `Retry-After`, for a 429 that does not carry one. */
const DEFAULT_RETRY_AFTER_MS = 60_000;
/**
 * The longest that a rate limit holds an organization before it is tried again. The limit is per minute: what asks for
 * more is mistaken about its unit or its clock, and another 429 costs one request.
 */
const MAX_LIMIT_PAUSE_MS = 5 * 60_000;

export interface RetryQuestion {
  attempt: Attempt;
  /** 1 for the first. */
  number: number;
  /** Whether the same request twice does what it does once: reads, and writes that set values. */
  idempotent: boolean;
  /** What a pause may use up, so that an attempt after it still has the time to be answered. */
  timeLeftMs: number;
}

/**
 * Milliseconds to wait before sending again, or undefined to give up. Pure but for `random`.
 *
 * A rate limit's refusal and a connection that was never made are repeatable for everyone: Partoo certainly did not act.
 * What was lost, and what Partoo failed at, only when sending it twice is harmless. A `Retry-After` is
 * obeyed in full or not at all. (For a rate limit the limiter does the waiting, for the whole fleet.)
 */
export function retryDelayMs(
  question: RetryQuestion,
  random: () => number = Math.random,
): number | undefined {
  const { attempt, number, idempotent, timeLeftMs } = question;
  if (number >= MAX_ATTEMPTS) return undefined;
  const notDone = attempt.kind === 'not_sent' || isTooMany(attempt);
  if (!notDone && !(idempotent && isInDoubt(attempt))) return undefined;

  const backoff = random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (number - 1));
  const asked = isTooMany(attempt) ? 0 : (askedToWaitMs(attempt) ?? 0);
  const delay = Math.max(backoff, asked);
  return delay < timeLeftMs ? delay : undefined;
}

/** What a proxy says when it gave up waiting for what is behind it, besides 5xx: nginx and Traefik, and AWS. */
const GAVE_UP = new Set([408, 499, 460]);

/** Partoo may or may not have acted. A redirect is not followed, so it counts as well. */
export function isInDoubt(attempt: Attempt): boolean {
  if (attempt.kind === 'lost') return true;
  if (attempt.kind === 'not_sent' || isTooMany(attempt)) return false;
  return (
    attempt.status >= 500 || GAVE_UP.has(attempt.status) || (attempt.status >= 300 && attempt.status < 400)
  );
}

/** A rate limit refused it: Partoo did not act. */
export const isTooMany = (attempt: Attempt) =>
  attempt.kind === 'answered' && (attempt.status === 429 || attempt.tooMany === true);

/** Milliseconds that the answer asks for with its `Retry-After`; a rate limit always asks for some, for minutes at most. */
export function askedToWaitMs(attempt: Attempt): number | undefined {
  if (attempt.kind !== 'answered') return undefined;
  if (!isTooMany(attempt)) return attempt.retryAfterMs;
  return Math.min(MAX_LIMIT_PAUSE_MS, attempt.retryAfterMs ?? DEFAULT_RETRY_AFTER_MS);
}
