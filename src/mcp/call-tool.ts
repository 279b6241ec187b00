import { type CallToolResult, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Logger } from 'pino';
import type { Caller, OpenPartoo } from '../partoo/client.ts';
import { CallError } from '../partoo/errors.ts';
import type { Tool } from '../tools/define-tool.ts';
import { parseArguments } from './arguments.ts';
import { logToolCall } from './call-log.ts';
import { toErrorResult, toResult } from './result.ts';

export interface ToolCall {
  name: string;
  arguments: Record<string, unknown> | undefined;
  caller: Caller | undefined;
  /** Aborted when the caller goes away. */
  signal: AbortSignal;
  /** Names this request in the log and, where this server failed, to the caller. */
  requestId: string;
  /** Told how long the call still waits for Partoo's limit. */
  onWait?: (waitMs: number) => void;
}

export interface CallToolOptions {
  tools: readonly Tool[];
  openPartoo: OpenPartoo;
  deadlineMs: number;
  log: Logger;
}

export type CallTool = (call: ToolCall) => Promise<CallToolResult>;

/** Runs tools. The one place where what they throw is caught, told to the model and written to the log. */
export function createCallTool({ tools, openPartoo, deadlineMs, log }: CallToolOptions): CallTool {
  const byName = new Map(tools.map(tool => [tool.name, tool]));

  return async ({ name, arguments: given, caller, signal, requestId, onWait }) => {
    const tool = byName.get(name);
    if (!tool) {
      const names = [...byName.keys()].join(', ');
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        `Unknown tool: ${name}. The tools are ${names}.`,
      );
    }
    const started = performance.now();
    const cost = { attempts: 0, waitedMs: 0 };
    let failed: CallError | undefined;
    try {
      if (!caller) throw new CallError('missing_api_key', 'no usable key in the request');
      const args = parseArguments(tool, given);
      const partoo = openPartoo({ caller, deadline: started + deadlineMs, signal, onWait, cost });
      return toResult(tool, await tool.run(args, { partoo }));
    } catch (error) {
      failed =
        error instanceof CallError ? error : unexpected(error, tool.effect !== 'reads' && cost.attempts > 0);
      return toErrorResult(failed, requestId, tool);
    } finally {
      const ms = Math.round(performance.now() - started);
      logToolCall(log, { tool: name, keyHash: caller?.keyHash, ms, ...cost, requestId }, failed);
    }
  };
}

/** Something of ours broke. After a write has left, "try once more" would be an invitation to do it twice. */
function unexpected(cause: unknown, mayHaveWritten: boolean): CallError {
  return new CallError(mayHaveWritten ? 'outcome_unknown' : 'internal', 'unexpected', { cause });
}
