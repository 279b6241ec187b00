import { ProtocolError, ProtocolErrorCode, Server, type ServerOptions } from '@modelcontextprotocol/server';
import type { Caller } from '../../core/caller.ts';
import { lazy } from '../../core/memo.ts';
import type { CallTool } from '../calls/call-tool.ts';
import type { CallStart, TraceCarrier } from '../calls/instrumentation.ts';
import { instructions, serverIdentity } from '../catalog/server-info.ts';
import type { ShowTools } from '../catalog/tool-list.ts';
import { toResult } from '../responses/result.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';
import { MODERN } from './normalize-message.ts';
import { startProgress } from './progress.ts';

export interface ServerDefinition {
  version: string;
  /** What a request may use that asks for nothing less. */
  defaultTools: EnabledTools;
  showTools: ShowTools;
  callTool: CallTool;
}

/** Whose request this is, and under what name it goes in the log. */
export interface RequestOrigin extends Pick<CallStart, 'protocolVersion'> {
  caller: Caller | undefined;
  enabledTools: EnabledTools;
  requestId: string;
  /** The trace that the HTTP request is part of. */
  trace: TraceCarrier;
  /** Whether the client can read progress before the answer. */
  streams: boolean;
  /** Whether the client asks who this is. */
  introduces: boolean;
  /** Told when the request turns out to call a tool: the call is watched by itself then. */
  onCall(): void;
}

/**
 * Answers how to make the MCP server of one request. Everything that is the same for all is made once.
 *
 * The low-level Server, not McpServer: that one builds 14 tools and their JSON Schemas anew for each request, and
 * answers bad arguments in its own words before a tool can tell all of them at once.
 */
export function createServerFactory({ version, defaultTools, showTools, callTool }: ServerDefinition) {
  const identity = serverIdentity(version);
  const { name, title } = identity;
  const present = (enabledTools: EnabledTools) => {
    const { tools, cacheHint } = showTools(enabledTools);
    const options: ServerOptions = {
      // Said aloud: the SDK's default is true, and makes clients hold a stream open to be told of changes.
      capabilities: { tools: { listChanged: false } },
      instructions: instructions(enabledTools),
      cacheHints: { 'tools/list': cacheHint, 'server/discover': cacheHint },
    };
    return { tools, options };
  };
  const whole = lazy(() => present(defaultTools));

  return (origin: RequestOrigin): Server => {
    const { tools, options } = origin.enabledTools === defaultTools ? whole() : present(origin.enabledTools);
    // 2026-07-28 puts the identity into every result: the icon goes only to those who ask who this is.
    const server = new Server(origin.introduces ? identity : { name, title, version }, options);
    server.setRequestHandler('tools/list', () => ({ tools }));
    server.setRequestHandler('tools/call', async ({ params }, context) => {
      origin.onCall();
      const progress = origin.streams ? startProgress(params, context) : undefined;
      try {
        const answer = await callTool({
          name: params.name,
          arguments: params.arguments,
          caller: origin.caller,
          enabledTools: origin.enabledTools,
          requestId: origin.requestId,
          protocolVersion: origin.protocolVersion,
          // A gateway may have begun a trace of its own in the headers; what the message says is nearer to the caller.
          carriers: [readCarrier(params._meta), origin.trace],
          signal: context.mcpReq.signal,
          onWait: progress?.waits,
        });
        return toResult(answer, origin.requestId);
      } finally {
        progress?.stop();
      }
    });
    // 2026-07-28 sends an unknown method with HTTP 404, which is the SDK's to do, and its clients read what is declared.
    if (origin.protocolVersion === MODERN) return server;
    server.fallbackRequestHandler = async ({ method }) => {
      const list = EMPTY_LISTS.get(method);
      if (list !== undefined) return { [list]: [] };
      throw new ProtocolError(ProtocolErrorCode.MethodNotFound, NOT_FOUND, { request_id: origin.requestId });
    };
    return server;
  };
}

/**
 * Lists that clients ask every server for and take an error for a failed connection: Cline, opencode
 * (https://github.com/DeusData/codebase-memory-mcp/pull/1015, https://github.com/upstash/context7/pull/2534). They are not
 * declared, so that other clients do not ask.
 */
const EMPTY_LISTS = new Map([
  ['prompts/list', 'prompts'],
  ['resources/list', 'resources'],
  ['resources/templates/list', 'resourceTemplates'],
]);

const NOT_FOUND = 'Method not found: this server has tools only, by tools/list and tools/call';

export function readCarrier(meta: Record<string, unknown> = {}): TraceCarrier {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { traceparent: text(meta.traceparent) };
}
