import type { Outcome } from '../mcp/calls/instrumentation.ts';
import type { AttemptOutcome } from '../partoo/client/hooks.ts';

/** OpenTelemetry's `error.type`, from a small closed set; undefined without an error. */
export const errorType = {
  /** MCP conventions: a tool's error result, or the code of the JSON-RPC error returned instead. */
  ofCall(outcome: Outcome): string | undefined {
    if (outcome === 'ok') return undefined;
    return outcome === 'unknown_tool' ? '-32602' : 'tool_error';
  },

  /** HTTP conventions: the status, or why there is none. */
  ofAttempt(outcome: AttemptOutcome): string | undefined {
    if (typeof outcome === 'string') return outcome;
    return outcome >= 400 ? String(outcome) : undefined;
  },
};
