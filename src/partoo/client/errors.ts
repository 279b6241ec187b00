import { CallError, type CallErrorDetails, type ErrorCode } from '../../core/call-error.ts';
import { errorLines } from '../responses/error-body.ts';
import { isByIntermediary, wordsOfIntermediary } from '../responses/intermediary.ts';
import type { Failure } from '../responses/success.ts';
import { type Attempt, isInDoubt, isRateLimited, type PartooResponse, requestedWaitMs } from './attempt.ts';

/**
 * Every way a request to Partoo ends without a result. `mayHaveHappened` wins over the reason: a caller must know first of all
 * that its write may have been carried out, even if a later attempt was refused.
 */

export function attemptFailed(attempt: Attempt, mayHaveHappened: boolean): CallError {
  if (attempt.kind === 'response') {
    const waitMs = requestedWaitMs(attempt);
    return toError(codeOf(attempt), `Partoo responded with ${attempt.status}`, mayHaveHappened, {
      ...problemsOf(attempt),
      retryAfterSeconds: waitMs === undefined ? undefined : toSeconds(waitMs),
    });
  }
  const { kind, endedBy, cause } = attempt;
  if (kind === 'not_sent') {
    return toError('partoo_unavailable', 'no connection to Partoo', mayHaveHappened, { cause });
  }
  if (endedBy === 'memory') {
    return toError('rate_limited', 'no memory for the response in time', mayHaveHappened, {
      problems: [
        'this server was reading too many large responses at once: use smaller pages, or fewer calls at once',
      ],
      retryAfterSeconds: NO_MEMORY_RETRY_SECONDS,
    });
  }
  if (endedBy) return toError('timeout', 'Partoo did not respond in time', mayHaveHappened, { cause });
  return toError('partoo_unavailable', "Partoo's response was lost", mayHaveHappened, { cause });
}

/** A failure that came with a 2xx status. Partoo may have carried out a write. */
export function unsuccessful({ reported, defect, partooWords }: Failure, isWrite: boolean): CallError {
  const message = `a response of Partoo with a status of success ${defect ?? 'says that it failed'}`;
  return new CallError(isWrite ? 'outcome_unknown' : 'partoo_unavailable', message, {
    problems: defect === undefined ? [] : [`Partoo's response ${defect}`],
    problemsByPartoo: partooWords,
    refusedInWords: isWrite && reported,
  });
}

export const circuitOpen = (retryAfterMs: number, mayHaveHappened: boolean) =>
  toError('partoo_unavailable', 'Partoo fails too often: the circuit breaker is open', mayHaveHappened, {
    retryAfterSeconds: toSeconds(retryAfterMs),
  });

export const limitUsedUp = (retryAfterMs: number, mayHaveHappened: boolean) =>
  toError('rate_limited', "Partoo's rate limit is used up", mayHaveHappened, {
    retryAfterSeconds: toSeconds(retryAfterMs),
  });

export const deadlineExceeded = (mayHaveHappened: boolean) =>
  toError('timeout', 'the deadline of the call has passed', mayHaveHappened);

export const cancelled = (mayHaveHappened: boolean) =>
  toError('cancelled', 'the client disconnected', mayHaveHappened);

/** Responses are read within seconds, which frees their memory. */
const NO_MEMORY_RETRY_SECONDS = 5;

/** Refusals, after which Partoo has not acted. 405 and 415 would be bugs of this server. */
const REFUSALS: Record<number, ErrorCode> = {
  401: 'invalid_api_key',
  403: 'permission_denied',
  404: 'not_found',
  405: 'internal',
  415: 'internal',
};

function codeOf(attempt: PartooResponse): ErrorCode {
  if (isRateLimited(attempt)) return 'rate_limited';
  if (isInDoubt(attempt)) return 'partoo_unavailable';
  if (attempt.status in TOO_LARGE) return 'invalid_input';
  return isByIntermediary(attempt) ? 'partoo_unavailable' : (REFUSALS[attempt.status] ?? 'invalid_input');
}

/** Codes that Partoo's own words add to. The words of a broken server are not for the caller. */
const EXPLAINED = new Set<ErrorCode>(['invalid_input', 'permission_denied']);

/** Right whether Partoo or a proxy in front of it refused the request. */
const TOO_LARGE: Record<number, string> = {
  413: 'the request is too large for Partoo: shorten its texts, or send less at once',
  414: 'the request is too long for Partoo: give fewer ids at once, or shorter texts',
};

function problemsOf(attempt: PartooResponse): Pick<CallErrorDetails, 'problems' | 'problemsByPartoo'> {
  const code = codeOf(attempt);
  const tooLarge = TOO_LARGE[attempt.status];
  if (tooLarge !== undefined) return { problems: [tooLarge] };
  if (isByIntermediary(attempt) && !isInDoubt(attempt) && code !== 'rate_limited') {
    return {
      problems: [
        `A proxy or firewall in front of Partoo refused the request with ${attempt.status}, not Partoo's API: the key, its role and ` +
          'the ids may be right. The user can ask the operator of this server',
      ],
      problemsByPartoo: errorLines(wordsOfIntermediary(attempt)),
    };
  }
  return { problemsByPartoo: EXPLAINED.has(code) ? errorLines(attempt.json ?? attempt.text) : [] };
}

function toError(code: ErrorCode, message: string, mayHaveHappened: boolean, details?: CallErrorDetails) {
  if (!mayHaveHappened) return new CallError(code, message, details);
  return new CallError('outcome_unknown', `${message}, after a write was sent`, details);
}

/** Rounded up and at least 1: "in 0 seconds" would invite a tight loop. */
const toSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));
