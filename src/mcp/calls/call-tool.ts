import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Logger } from 'pino';
import { CallError, type ErrorCode } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { errorFields } from '../../core/error-fields.ts';
import type { Call } from '../../partoo/client/call.ts';
import type { CheckKey } from '../../partoo/partoo.ts';
import type { Shown } from '../../tools/outputs/view.ts';
import { limitTokens } from '../responses/token-budget.ts';
import { type ToolResponse, toErrorResponse, toResponse } from '../responses/tool-response.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';
import { parseArguments } from './arguments.ts';
import { type Acceptance, ConcurrencyLimit } from './concurrency.ts';
import type { CallStart, Instrumentation } from './instrumentation.ts';
import { type RunToolOptions, runTool } from './run-tool.ts';
import { asCallError } from './write-once.ts';

export interface ToolCall extends Pick<CallStart, 'protocolVersion' | 'carriers'> {
  name: string;
  arguments: Record<string, unknown> | undefined;
  /** Without a caller, the error that says why. */
  caller: Caller | CallError;
  enabledTools: EnabledTools;
  /** Aborted when the client disconnects. */
  signal: AbortSignal;
  /** Identifies this request in the log and in every error. */
  requestId: string;
  /** Called with the milliseconds still to wait for Partoo's rate limit. */
  onWait?: (waitMs: number) => void;
  /** Called with how far a job is. */
  onProgress?: (message: string) => void;
}

interface CallToolOptions extends RunToolOptions {
  checkKey: CheckKey;
  deadlineMs: number;
  /** Calls of one key that may be in progress in this process. */
  maxInFlight: number;
  acceptance: Acceptance;
  resultTokenBudget: number;
  instrumentation: Instrumentation;
  log: Logger;
}

export type CallTool = (call: ToolCall) => Promise<ToolResponse>;

/** Returns the function that runs tool calls. What tools throw becomes a response and a log line here, and nowhere else. */
export function createCallTool(options: CallToolOptions): CallTool {
  const { checkKey, instrumentation, log } = options;
  const concurrency = new ConcurrencyLimit(options.maxInFlight, options.acceptance);

  return async function callTool({ name, caller, enabledTools, signal, requestId, ...request }) {
    const tool = enabledTools.tools.find(tool => tool.name === name);
    const { protocolVersion, carriers } = request;
    const hooks = instrumentation.call({
      tool: tool?.name,
      requestId,
      protocolVersion,
      carriers,
      // Never with the key.
      caller:
        caller instanceof CallError ? undefined : { person: caller.person, callerHash: caller.callerHash },
    });
    if (!tool) {
      hooks.ended('unknown_tool');
      throw unknownTool(name, enabledTools, requestId);
    }
    const started = performance.now();
    const stats: Call['stats'] = { attempts: 0, waitedMs: 0 };
    let leave: (() => void) | undefined;
    let error: CallError | undefined;
    try {
      if (caller instanceof CallError) throw caller;
      leave = await concurrency.enter(caller);

      const deadline = started + options.deadlineMs;
      const call: Call = { caller, deadline, signal, onWait: request.onWait, stats, hooks };
      // Before the arguments: anyone can make up a key, and arguments can be 256 KiB that are expensive to parse.
      const organization = await checkKey(call);
      const { idempotency_key, detail, fields, ...args } = parseArguments(tool, request.arguments);

      const result = await runTool(options, {
        tool,
        args,
        shown: { detail, fields } as Shown,
        idempotencyKey: idempotency_key as string | undefined,
        call,
        organization,
        onProgress: request.onProgress,
      });
      return toResponse(await limitTokens(options.resultTokenBudget, tool, args, result), stats);
    } catch (thrown) {
      error = asCallError(thrown, tool, stats);
      return toErrorResponse(error, requestId, tool, stats);
    } finally {
      leave?.();
      const outcome = error?.code ?? 'ok';
      hooks.ended(outcome);
      // Never with the key, the arguments or the response.
      log[LOG_LEVELS[outcome] ?? 'info'](
        {
          tool: name,
          ...(caller instanceof CallError ? {} : { keyHash: caller.keyHash, person: caller.person }),
          ms: Math.round(performance.now() - started),
          ...stats,
          requestId,
          traceId: hooks.traceId,
          outcome,
          why: error?.message,
          cause: error?.cause instanceof Error ? errorFields(error.cause) : undefined,
        },
        'tool call',
      );
    }
  };
}

/** Errors that an operator should see; all others are the caller's to solve. */
const LOG_LEVELS: Partial<Record<ErrorCode | 'ok', 'warn' | 'error'>> = {
  partoo_unavailable: 'warn',
  timeout: 'warn',
  writes_paused: 'warn',
  outcome_unknown: 'warn',
  internal: 'error',
};

/** Enough to recognize a misspelling without sending a megabyte back. */
const MAX_NAME_LENGTH = 100;

function unknownTool(
  name: string,
  { tools, disabled, addable }: EnabledTools,
  requestId: string,
): ProtocolError {
  const by = disabled.get(name);
  const why = by
    ? `The tool ${name} is disabled on this connection by ${by}.`
    : addable.includes(name)
      ? `The tool ${name} is not on this connection: the user can add it with ?tools=default,${name} or ?toolsets=all in the URL.`
      : `Unknown tool: ${name.slice(0, MAX_NAME_LENGTH)}.`;
  const names = tools.map(tool => tool.name).join(', ');
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `${why} The tools are ${names}.`, {
    request_id: requestId,
  });
}
