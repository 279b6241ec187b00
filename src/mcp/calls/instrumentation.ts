import type { ErrorCode } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { NO_PARTOO_HOOKS, type PartooHooks } from '../../partoo/client/hooks.ts';

/** W3C trace context in headers or `_meta`. */
export interface TraceCarrier {
  traceparent?: string;
}

export interface CallStart {
  /** Undefined for a tool that does not exist or is not enabled: made-up names must not become metric labels. */
  tool: string | undefined;
  requestId: string;
  /** The MCP revision that the request names. */
  protocolVersion: string | undefined;
  /** Absent without usable credentials. */
  caller?: Pick<Caller, 'person' | 'callerHash'>;
  /** The first that holds a trace counts. */
  carriers: TraceCarrier[];
}

export type Outcome = 'ok' | 'unknown_tool' | ErrorCode;

/** Called at the events of one tool call. */
interface CallHooks extends PartooHooks {
  /** For the log; undefined without tracing. */
  traceId: string | undefined;
  ended(outcome: Outcome): void;
}

/** Counts or traces tool calls. Changes nothing and never throws. */
export interface CallInstrumentation {
  call(start: CallStart): CallHooks;
}

export interface Instrumentation extends CallInstrumentation {
  /**
   * Called after the response to a message that called no tool. `error`: the HTTP status of a refusal, or the JSON-RPC code of an
   * error that came with 200.
   */
  message(method: string, error: number | undefined, seconds: number): void;
}

const NO_CALL_HOOKS: CallHooks = { ...NO_PARTOO_HOOKS, traceId: undefined, ended() {} };

export const NO_INSTRUMENTATION: Instrumentation = { call: () => NO_CALL_HOOKS, message() {} };
