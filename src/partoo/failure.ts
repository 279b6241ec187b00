import { errorLines } from './error-body.ts';
import { CallError, type ErrorCode } from './errors.ts';
import type { Attempt } from './transport.ts';

/**
 * Every way a request to Partoo ends without its answer. `mayHaveHappened` wins over the reason it ended
 * for: a caller must know first of all that its write may have been done.
 */
export const failure = {
  ofAttempt(attempt: Attempt, mayHaveHappened: boolean): CallError {
    if (attempt.kind === 'not_sent') {
      return end('partoo_unavailable', 'no connection to Partoo', mayHaveHappened, { cause: attempt.cause });
    }
    if (attempt.kind === 'lost') {
      const { timedOut, cause } = attempt;
      const message = timedOut ? 'Partoo did not answer in time' : "Partoo's answer was lost";
      return end(timedOut ? 'timeout' : 'partoo_unavailable', message, mayHaveHappened, { cause });
    }
    const { status, json, retryAfterMs } = attempt;
    if (status === 429) return failure.rateLimited(retryAfterMs ?? 0, mayHaveHappened);
    const refused = refusals[status] ?? (status >= 400 && status < 500 ? 'invalid_input' : undefined);
    if (refused && status !== 408) {
      return new CallError(refused, `Partoo answered ${status}`, { problems: errorLines(json) });
    }
    const retryAfterSeconds = retryAfterMs === undefined ? undefined : toSeconds(retryAfterMs);
    return end('partoo_unavailable', `Partoo answered ${status}`, mayHaveHappened, { retryAfterSeconds });
  },

  rateLimited(retryAfterMs: number, mayHaveHappened: boolean): CallError {
    const details = { retryAfterSeconds: toSeconds(retryAfterMs) };
    return end('rate_limited', "Partoo's limit for this key is used up", mayHaveHappened, details);
  },

  outOfTime: (mayHaveHappened: boolean) => end('timeout', 'the time for this call ran out', mayHaveHappened),

  cancelled: (mayHaveHappened: boolean) => end('cancelled', 'the caller went away', mayHaveHappened),
};

/** Partoo's refusals: it did not act, and says why. 415 would be this server's own mistake. */
const refusals: Record<number, ErrorCode> = {
  401: 'invalid_api_key',
  403: 'permission_denied',
  404: 'not_found',
  415: 'internal',
};

function end(
  code: ErrorCode,
  message: string,
  mayHaveHappened: boolean,
  details: { cause?: unknown; retryAfterSeconds?: number } = {},
): CallError {
  if (!mayHaveHappened) return new CallError(code, message, details);
  return new CallError('outcome_unknown', `${message}, after a write was sent`, details);
}

/** Rounded up and at least 1: "in 0 seconds" would be an invitation to a tight loop. */
const toSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));
