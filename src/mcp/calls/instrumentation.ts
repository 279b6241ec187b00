import type { ErrorCode } from '../../core/call-error.ts';
import type { PartooHooks } from '../../partoo/client/hooks.ts';

/** W3C trace context, as headers and `_meta` carry it. */
export interface TraceCarrier {
  traceparent?: string;
}

export interface CallStart {
  /** Of the catalogue; undefined for a name that the caller made up or may not use. */
  tool: string | undefined;
  requestId: string;
  /** The revision that the request names. */
  protocolVersion: string | undefined;
  /** Where the caller's trace may be told; the first that tells one counts. */
  carriers: TraceCarrier[];
}

export type Outcome = 'ok' | 'unknown_tool' | ErrorCode;

/** Looks on at one tool call. */
export interface CallHooks extends PartooHooks {
  /** The trace it is part of, where there are traces: for the log. */
  traceId: string | undefined;
  ended(outcome: Outcome): void;
}

/** Who looks on at tool calls, to count or to trace. Changes nothing and never throws. */
export interface CallInstrumentation {
  call(start: CallStart): CallHooks;
}

export interface Instrumentation extends CallInstrumentation {
  /**
   * A message was answered that called no tool. `error`: the HTTP status it was refused with, or JSON-RPC's code where that
   * came with 200.
   */
  message(method: string, error: number | undefined, seconds: number): void;
}

/** For calls at which nobody looks. */
export const NO_CALL_HOOKS: CallHooks = {
  traceId: undefined,
  admission() {},
  attempt: () => () => {},
  ended() {},
};

export const NO_INSTRUMENTATION: Instrumentation = { call: () => NO_CALL_HOOKS, message() {} };
