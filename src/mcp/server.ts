import {
  type CallToolRequest,
  Server,
  type ServerContext,
  type ServerOptions,
  type Tool,
} from '@modelcontextprotocol/server';
import type { Caller } from '../partoo/call.ts';
import type { CallTool } from './call-tool.ts';
import { INSTRUCTIONS, serverIdentity } from './identity.ts';

export interface ServerDefinition {
  version: string;
  tools: Tool[];
  callTool: CallTool;
  /** Whether anyone may keep the tool list, or only the caller it was given to. */
  listIsPublic: boolean;
}

/** Whose request this is, and under what name it goes in the log. */
export interface RequestOrigin {
  caller: Caller | undefined;
  requestId: string;
  /** Whether the client can read progress before the answer. */
  streams: boolean;
  /** Whether the client asks who this is. */
  introduces: boolean;
}

const LIST_TTL_MS = 5 * 60 * 1_000;

/**
 * Answers how to make the MCP server of one request. Everything that is the same for all is made here, once.
 *
 * The low-level Server, not McpServer: that one builds 14 tools and their JSON Schemas anew for each request, and
 * answers bad arguments in its own words before a tool can tell all of them at once.
 */
export function createServerFactory({ version, tools, callTool, listIsPublic }: ServerDefinition) {
  const identity = serverIdentity(version);
  const { name, title } = identity;
  const cacheHint = { ttlMs: LIST_TTL_MS, cacheScope: listIsPublic ? 'public' : 'private' } as const;
  const options: ServerOptions = {
    // Said aloud: the SDK's default is true, and makes clients hold a stream open to be told of changes.
    capabilities: { tools: { listChanged: false } },
    instructions: INSTRUCTIONS,
    cacheHints: { 'tools/list': cacheHint, 'server/discover': cacheHint },
  };

  return (origin: RequestOrigin): Server => {
    // 2026-07-28 puts the identity into every result: the icon goes only to those who ask who this is.
    const server = new Server(origin.introduces ? identity : { name, title, version }, options);
    server.setRequestHandler('tools/list', () => ({ tools }));
    server.setRequestHandler('tools/call', ({ params }, context) =>
      callTool({
        name: params.name,
        arguments: params.arguments,
        caller: origin.caller,
        requestId: origin.requestId,
        signal: context.mcpReq.signal,
        onWait: origin.streams ? progressTeller(params, context) : undefined,
      }),
    );
    return server;
  };
}

/** Tells a client that asked for progress how long its call still waits. */
function progressTeller(params: CallToolRequest['params'], { mcpReq }: ServerContext) {
  const progressToken = (params._meta ?? mcpReq._meta)?.progressToken;
  if (progressToken === undefined) return undefined;
  let progress = 0;
  return (waitMs: number) => {
    progress++;
    const message = `waiting ${Math.ceil(waitMs / 1000)} s for Partoo's limit`;
    const sent = mcpReq.notify({
      method: 'notifications/progress',
      params: { progressToken, progress, message },
    });
    // A client that is gone is noticed by the signal; progress to it is nobody's loss.
    sent.catch(() => {});
  };
}
