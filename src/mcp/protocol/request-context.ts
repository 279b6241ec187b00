import type { IncomingHttpHeaders } from 'node:http';
import type { CallToolRequest } from '@modelcontextprotocol/server';
import type { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import type { ToolCall } from '../calls/call-tool.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';

/** A POST to the endpoint. */
export interface McpRequest {
  headers: IncomingHttpHeaders;
  /** The parsed JSON body. */
  body: unknown;
  /** Aborted when the client disconnects. */
  signal: AbortSignal;
  caller: Caller | CallError;
  enabledTools: EnabledTools;
  requestId: string;
}

/** A normalized request. */
export interface RequestContext extends McpRequest {
  /** The JSON-RPC method; undefined for a batch. */
  method: unknown;
  /** The protocol revision that the MCP-Protocol-Version header names. */
  protocolVersion: string | undefined;
  /** The owner of the key, as the instructions of a handshake name it; undefined where that is not known. */
  account?: string | undefined;
  /** The response types that the client accepts. */
  accepts: { json: boolean; streams: boolean };
}

export type CallParams = CallToolRequest['params'];

export function toToolCall(params: CallParams, context: RequestContext, signal: AbortSignal): ToolCall {
  const { caller, enabledTools, requestId, protocolVersion, headers } = context;
  const ofMessage = params._meta?.traceparent;
  const [ofRequest] = [headers.traceparent].flat();
  return {
    name: params.name,
    arguments: params.arguments,
    caller,
    enabledTools,
    requestId,
    protocolVersion,
    // The message's own trace first: a gateway may have begun the one in the headers.
    carriers: [typeof ofMessage === 'string' ? { traceparent: ofMessage } : {}, { traceparent: ofRequest }],
    signal,
  };
}
