import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Logger } from 'pino';
import { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { isObject } from '../../core/is-object.ts';
import type { IdempotencyStore } from '../../idempotency/idempotency-store.ts';
import type { Call, CallStats, RequestTiming } from '../../partoo/client/call.ts';
import type { CheckKey, OpenPartoo, Partoo } from '../../partoo/partoo.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import type { Shown } from '../../tools/outputs/view.ts';
import { type Answer, readResult, toAnswer, toErrorAnswer } from '../responses/result.ts';
import { writeWithin } from '../responses/token-budget.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';
import { parseArguments } from './arguments.ts';
import { logToolCall } from './call-log.ts';
import { type Acceptance, ConcurrencyLimit } from './concurrency.ts';
import type { CallStart, Instrumentation } from './instrumentation.ts';
import { writeOnce } from './write-once.ts';

export interface ToolCall extends Pick<CallStart, 'protocolVersion' | 'carriers'> {
  name: string;
  arguments: Record<string, unknown> | undefined;
  caller: Caller | undefined;
  /** The tools that may be called. */
  enabledTools: EnabledTools;
  /** Aborted when the caller goes away. */
  signal: AbortSignal;
  /** Names this request in the log and in every error. */
  requestId: string;
  /** Told how long the call still waits for Partoo's limit. */
  onWait?: (waitMs: number) => void;
}

export interface CallToolOptions {
  openPartoo: OpenPartoo;
  checkKey: CheckKey;
  deadlineMs: number;
  /** How many calls of one key may be under way here. */
  maxInFlight: number;
  /** What is known of keys. */
  acceptance: Acceptance;
  /** What was written of late; without it every write is made. */
  writes: IdempotencyStore | undefined;
  /** How many tokens an answer may cost. */
  resultTokenBudget: number;
  instrumentation: Instrumentation;
  log: Logger;
}

export type CallTool = (call: ToolCall) => Promise<Answer>;

/** Runs tools. The one place where what they throw is caught, told to the model and written to the log. */
export function createCallTool(options: CallToolOptions): CallTool {
  const { openPartoo, checkKey, deadlineMs, writes, instrumentation, log } = options;
  const concurrency = new ConcurrencyLimit(options.maxInFlight, options.acceptance);

  return async ({ name, arguments: given, caller, enabledTools, signal, requestId, onWait, ...request }) => {
    const tool = enabledTools.tools.find(tool => tool.name === name);
    const hooks = instrumentation.call({ tool: tool?.name, requestId, ...request });
    if (!tool) {
      hooks.ended('unknown_tool');
      throw unknownTool(name, enabledTools, requestId);
    }
    const { traceId } = hooks;
    const started = performance.now();
    const stats: CallStats = { attempts: 0, waitedMs: 0 };
    let failed: CallError | undefined;
    let leave: (() => void) | undefined;
    try {
      if (!caller) throw new CallError('missing_api_key', 'no usable key in the request');
      leave = await concurrency.enter(caller);
      const call = { caller, deadline: started + deadlineMs, signal, onWait, stats, hooks };
      // First: a key that anybody may make up has none of its arguments read, which may be 256 KiB of the costliest kind.
      const organization = await checkKey(call);
      const { idempotency_key, detail, fields, ...args } = parseArguments(tool, given);
      const shown = { detail, fields } as Shown;
      const { write } = tool;
      const timing: RequestTiming = {};
      const make = (mayRetryWrite?: Call['mayRetryWrite']) =>
        runTool(tool, args, shown, openPartoo({ ...call, timing, mayRetryWrite }), stats);
      const found =
        !write || !writes
          ? (await make()).result
          : await writeOnce(writes, {
              tool: { ...tool, write },
              caller,
              organization,
              args,
              idempotencyKey: idempotency_key as string | undefined,
              make,
              partoo: openPartoo({ ...call, timing, bypassCoalescing: true }),
              timing,
              deadline: call.deadline,
              signal,
            });
      return toAnswer(await writeWithin(options.resultTokenBudget, tool, args, found), stats);
    } catch (error) {
      failed = error instanceof CallError ? error : new CallError('internal', 'unexpected', { cause: error });
      return toErrorAnswer(failed, requestId, tool, stats);
    } finally {
      leave?.();
      const ms = Math.round(performance.now() - started);
      hooks.ended(failed?.code ?? 'ok');
      const line = { tool: name, keyHash: caller?.keyHash, ms, ...stats, requestId };
      logToolCall(log, traceId === undefined ? line : { ...line, traceId }, failed);
    }
  };
}

/** Enough to see a misspelling; a caller's megabyte is not sent back. */
const MAX_NAME_LENGTH = 100;

function unknownTool(name: string, { tools, disabled }: EnabledTools, requestId: string): ProtocolError {
  const by = disabled.get(name);
  const why = by
    ? `The tool ${name} is switched off for this connection by ${by}.`
    : `Unknown tool: ${name.slice(0, MAX_NAME_LENGTH)}.`;
  const names = tools.map(tool => tool.name).join(', ');
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `${why} The tools are ${names}.`, {
    request_id: requestId,
  });
}

/** Returns what the tool does, as its caller will read it, and the ids of what it made. Throws CallError and nothing else. */
async function runTool(
  tool: Tool,
  args: Record<string, unknown>,
  shown: Shown,
  partoo: Partoo,
  stats: CallStats,
) {
  try {
    const raw = await tool.run(args, { partoo });
    return {
      result: readResult(tool, raw, shown),
      ids: isObject(raw) ? (tool.write?.lookUp?.ids(raw) ?? []) : [],
    };
  } catch (error) {
    if (error instanceof CallError) throw error;
    // Something of ours broke. After a write has left, "try once more" would be an invitation to do it twice.
    const mayHaveWritten = tool.effect !== 'reads' && stats.attempts > 0;
    throw new CallError(mayHaveWritten ? 'outcome_unknown' : 'internal', 'unexpected', { cause: error });
  }
}
