import { type Attempt, isInDoubt, isRateLimited, requestedWaitMs } from './attempt.ts';

export const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 8_000;

interface RetryQuestion {
  attempt: Attempt;
  /** 1 for the first attempt. */
  number: number;
  /** Whether sending the request twice has the effect of sending it once. */
  idempotent: boolean;
  /** The longest delay that leaves the next attempt enough time. */
  timeLeftMs: number;
}

/**
 * Returns the milliseconds to wait before the next attempt, or undefined to give up. Pure except for `random`.
 *
 * Any request may be sent again after a rate limit's refusal or without a connection: Partoo certainly did not act. After
 * a lost response or a failure of Partoo, only an idempotent one. A `Retry-After` is obeyed in full or not at all; for a rate
 * limit the limiter waits, for all replicas.
 */
export function retryDelayMs(
  { attempt, number, idempotent, timeLeftMs }: RetryQuestion,
  random: () => number = Math.random,
): number | undefined {
  if (number >= MAX_ATTEMPTS) return undefined;
  const rateLimited = isRateLimited(attempt);
  const notDone = attempt.kind === 'not_sent' || rateLimited;
  if (!notDone && !(idempotent && isInDoubt(attempt))) return undefined;

  const backoffMs = random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (number - 1));
  const delayMs = Math.max(backoffMs, rateLimited ? 0 : (requestedWaitMs(attempt) ?? 0));
  return delayMs < timeLeftMs ? delayMs : undefined;
}
