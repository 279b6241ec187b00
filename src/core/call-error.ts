/** Every way a call can fail, as the model and the log name it. Closed: mcp/responses/error-advice.ts has a row for each. */
export type ErrorCode =
  | 'missing_api_key'
  | 'invalid_api_key'
  | 'permission_denied'
  | 'not_found'
  | 'invalid_input'
  | 'rate_limited'
  | 'partoo_unavailable'
  | 'timeout'
  | 'outcome_unknown'
  | 'in_progress'
  | 'writes_paused'
  | 'cancelled'
  | 'internal';

export interface CallErrorDetails {
  /** What the model may read beyond the code's own sentence: `field: problem`. */
  problems?: string[];
  /** The same, in Partoo's words: short, and not to be trusted. */
  problemsByPartoo?: string[];
  /** Seconds to wait before the same call can work. Always there for `rate_limited`. */
  retryAfterSeconds?: number;
  /** Of a write: Partoo answered that it failed, with a status of success. */
  refusedInWords?: boolean;
  /** For the operator's log only; never shown to a caller. */
  cause?: unknown;
}

/**
 * The one error class of a call. Its message is for the log;
 * what the model reads is made from the code, the problems and the seconds.
 */
export class CallError extends Error {
  readonly code: ErrorCode;
  readonly problems: string[];
  readonly problemsByPartoo: string[];
  readonly retryAfterSeconds: number | undefined;
  readonly refusedInWords: boolean;

  constructor(code: ErrorCode, message: string, details: CallErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'CallError';
    this.code = code;
    this.problems = details.problems ?? [];
    this.problemsByPartoo = details.problemsByPartoo ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.refusedInWords = details.refusedInWords ?? false;
  }
}
