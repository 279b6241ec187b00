import type { Logger } from 'pino';
import type { CallError, ErrorCode } from '../../core/call-error.ts';
import { errorFields } from '../../core/error-fields.ts';

export interface CallLogFields {
  tool: string;
  keyHash: string | undefined;
  ms: number;
  waitedMs: number;
  attempts: number;
  requestId: string;
  traceId: string | undefined;
}

/** Errors that an operator should see; all others are the caller's to solve. */
const LEVELS: Partial<Record<ErrorCode, 'warn' | 'error'>> = {
  partoo_unavailable: 'warn',
  timeout: 'warn',
  writes_paused: 'warn',
  outcome_unknown: 'warn',
  internal: 'error',
};

/** Logs one line per tool call, never with the key, the arguments or the response. */
export function logToolCall(log: Logger, fields: CallLogFields, error?: CallError): void {
  if (!error) {
    log.info({ ...fields, outcome: 'ok' }, 'tool call');
    return;
  }
  const { code, message, cause } = error;
  log[LEVELS[code] ?? 'info'](
    {
      ...fields,
      outcome: code,
      why: message,
      cause: cause instanceof Error ? errorFields(cause) : undefined,
    },
    'tool call',
  );
}
