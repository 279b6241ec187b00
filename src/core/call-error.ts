/** Every way a call can fail, as the model and the log name it. mcp/responses/error-advice.ts has a row for each. */
export type ErrorCode =
  | 'missing_api_key'
  | 'invalid_api_key'
  | 'invalid_access_token'
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
  /** Details for the model beyond the code's own sentence, each `field: problem`. */
  problems?: string[];
  /** Details in Partoo's words: short, and untrusted. */
  problemsByPartoo?: string[];
  /** Seconds until the same call can succeed. Always set for `rate_limited`. */
  retryAfterSeconds?: number;
  /** A write whose response had a success status and a body that reports failure. */
  refusedInWords?: boolean;
  /** For the operator's log only; never shown to a caller. */
  cause?: unknown;
}

/** The error of a call. Its message is for the log: the model reads the code, the problems and the seconds. */
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
