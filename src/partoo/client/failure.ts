import { CallError, type CallErrorDetails, type ErrorCode } from '../../core/call-error.ts';
import { errorLines } from '../responses/error-body.ts';
import { isByIntermediary, wordsOfIntermediary } from '../responses/intermediary.ts';
import type { NoSuccess } from '../responses/success.ts';
import { askedToWaitMs, isInDoubt, isTooMany } from './retry.ts';
import type { Attempt } from './transport.ts';

/**
 * Every way a request to Partoo ends without its answer. `mayHaveHappened` wins over the reason it ended
 * for: a caller must know first of all that its write may have been done, even when a later attempt was refused.
 */
export const failure = {
  ofAttempt(attempt: Attempt, mayHaveHappened: boolean): CallError {
    if (attempt.kind === 'not_sent') {
      return end('partoo_unavailable', 'no connection to Partoo', mayHaveHappened, { cause: attempt.cause });
    }
    if (attempt.kind === 'lost' && attempt.noRoom) {
      return end('rate_limited', 'no memory for the answer in time', mayHaveHappened, {
        problems: [
          'the answers that this server was reading at once were too large for this one: ask for smaller pages, or for fewer at once',
        ],
        retryAfterSeconds: NO_ROOM_RETRY_SECONDS,
      });
    }
    if (attempt.kind === 'lost') {
      const { timedOut, cause } = attempt;
      const message = timedOut ? 'Partoo did not answer in time' : "Partoo's answer was lost";
      return end(timedOut ? 'timeout' : 'partoo_unavailable', message, mayHaveHappened, { cause });
    }
    const wait = askedToWaitMs(attempt);
    return end(codeOf(attempt), `Partoo answered ${attempt.status}`, mayHaveHappened, {
      ...problemsOf(attempt),
      retryAfterSeconds: wait === undefined ? undefined : toSeconds(wait),
    });
  },

  /** An answer that is no success of a read, and stands for no status that says why. */
  noSuccess({ lacks, said }: NoSuccess): CallError {
    return new CallError('partoo_unavailable', noSuccessOf(lacks), {
      problems: lacks === undefined ? [] : [`Partoo's answer ${lacks}`],
      problemsByPartoo: said,
    });
  },

  /** An answer to a write that does not confirm it, whatever it says: only Partoo knows what it did before it said so. */
  unconfirmed({ refused, lacks, said }: NoSuccess): CallError {
    return new CallError('outcome_unknown', `${noSuccessOf(lacks)} to a write`, {
      problems: lacks === undefined ? [] : [`Partoo's answer ${lacks}`],
      problemsByPartoo: said,
      refusedInWords: refused,
    });
  },

  breakerOpen(retryAfterMs: number, mayHaveHappened: boolean): CallError {
    const details = { retryAfterSeconds: toSeconds(retryAfterMs) };
    return end(
      'partoo_unavailable',
      'Partoo fails too often: nothing is sent for a while',
      mayHaveHappened,
      details,
    );
  },

  rateLimited(retryAfterMs: number, mayHaveHappened: boolean): CallError {
    const details = { retryAfterSeconds: toSeconds(retryAfterMs) };
    return end('rate_limited', "Partoo's limit is used up", mayHaveHappened, details);
  },

  outOfTime: (mayHaveHappened: boolean) => end('timeout', 'the time for this call ran out', mayHaveHappened),

  cancelled: (mayHaveHappened: boolean) => end('cancelled', 'the caller went away', mayHaveHappened),
};

/** Answers are read within seconds, and then their memory is free. */
const NO_ROOM_RETRY_SECONDS = 5;

const noSuccessOf = (lacks = 'says that it failed') =>
  `an answer of Partoo with a status of success ${lacks}`;

/** Partoo's refusals: it did not act, and says why. 405 and 415 would be this server's own mistakes. */
const REFUSALS: Record<number, ErrorCode> = {
  401: 'invalid_api_key',
  403: 'permission_denied',
  404: 'not_found',
  405: 'internal',
  415: 'internal',
};

type Answered = Attempt & { kind: 'answered' };

function codeOf(attempt: Answered): ErrorCode {
  if (isTooMany(attempt)) return 'rate_limited';
  if (isInDoubt(attempt)) return 'partoo_unavailable';
  if (attempt.status in TOO_LARGE) return 'invalid_input';
  return isByIntermediary(attempt) ? 'partoo_unavailable' : (REFUSALS[attempt.status] ?? 'invalid_input');
}

/** Where what Partoo says adds to the code. What a broken server says is not for the caller at all. */
const EXPLAINED = new Set<ErrorCode>(['invalid_input', 'permission_denied']);

/** Said by whatever stands before Partoo as well, and always right. */
const TOO_LARGE: Record<number, string> = {
  413: 'the request is too large for Partoo: shorten its texts, or send less at once',
  414: 'the request is too long for Partoo: give fewer ids at once, or shorter texts',
};

function problemsOf(attempt: Answered): Pick<CallErrorDetails, 'problems' | 'problemsByPartoo'> {
  const code = codeOf(attempt);
  const tooLarge = TOO_LARGE[attempt.status];
  if (tooLarge !== undefined) return { problems: [tooLarge] };
  if (isByIntermediary(attempt) && !isInDoubt(attempt) && code !== 'rate_limited') {
    return {
      problems: [
        `This was not Partoo's API: something in front of it, such as a proxy or a firewall, refused the request with ${attempt.status}. ` +
          'Partoo did not see it. It says nothing of the key, its role or the ids; the user can ask whoever runs this server',
      ],
      problemsByPartoo: errorLines(wordsOfIntermediary(attempt)),
    };
  }
  return { problemsByPartoo: EXPLAINED.has(code) ? errorLines(attempt.json ?? attempt.text) : [] };
}

function end(
  code: ErrorCode,
  message: string,
  mayHaveHappened: boolean,
  details: CallErrorDetails = {},
): CallError {
  if (!mayHaveHappened) return new CallError(code, message, details);
  return new CallError('outcome_unknown', `${message}, after a write was sent`, details);
}

/** Rounded up and at least 1: "in 0 seconds" would be an invitation to a tight loop. */
const toSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));
