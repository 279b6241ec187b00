import type { Logger } from 'pino';
import type { CallError, ErrorCode } from '../../core/call-error.ts';
import { errorFields } from '../../core/error-fields.ts';

export interface CallLine {
  tool: string;
  keyHash: string | undefined;
  ms: number;
  waitedMs: number;
  attempts: number;
  requestId: string;
  /** Where there are traces. */
  traceId?: string;
}

/** Errors an operator should look at; the others are the caller's own business. */
const LEVELS: Partial<Record<ErrorCode, 'warn' | 'error'>> = {
  partoo_unavailable: 'warn',
  timeout: 'warn',
  writes_paused: 'warn',
  outcome_unknown: 'warn',
  internal: 'error',
};

/** One line a tool call: never the key, the arguments or the answer. */
export function logToolCall(log: Logger, line: CallLine, error?: CallError): void {
  if (!error) {
    log.info({ ...line, outcome: 'ok' }, 'tool call');
    return;
  }
  const level = LEVELS[error.code] ?? 'info';
  log[level](
    {
      ...line,
      outcome: error.code,
      why: error.message,
      cause: error.cause instanceof Error ? errorFields(error.cause) : undefined,
    },
    'tool call',
  );
}
