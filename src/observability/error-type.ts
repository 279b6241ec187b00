import type { Outcome } from '../mcp/calls/instrumentation.ts';
import type { AttemptOutcome } from '../partoo/client/hooks.ts';

/** OpenTelemetry's `error.type`, of a small closed set; undefined where nothing failed. */
export const errorType = {
  /** By the MCP conventions: an error that the tool told, or the JSON-RPC error that the caller got instead. */
  ofCall(outcome: Outcome): string | undefined {
    if (outcome === 'ok') return undefined;
    return outcome === 'unknown_tool' ? '-32602' : 'tool_error';
  },

  /** By the HTTP conventions: the status, or why there is none. */
  ofAttempt(end: AttemptOutcome): string | undefined {
    if (typeof end === 'string') return end;
    return end >= 400 ? String(end) : undefined;
  },
};
