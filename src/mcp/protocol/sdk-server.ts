import {
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  Server,
} from '@modelcontextprotocol/server';
import type { CallTool } from '../calls/call-tool.ts';
import { instructions, serverIdentity } from '../catalog/server-info.ts';
import type { ListTools } from '../catalog/tool-list.ts';
import { listUiResources, readUiResource } from '../catalog/ui-resources.ts';
import { toCallToolResult } from '../responses/tool-response.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';
import { isIntroduction, MODERN } from './normalize-message.ts';
import { startProgress } from './progress.ts';
import { type RequestContext, toToolCall } from './request-context.ts';

export interface ServerDefinition {
  version: string;
  /** The tools of a request without a tool filter. */
  defaultTools: EnabledTools;
  listTools: ListTools;
  callTool: CallTool;
}

/**
 * Returns the factory of the SDK's low-level Server, which serves one request. McpServer would rebuild every tool and its
 * JSON Schema per request, and reject bad arguments in its own words before the tool can report all of them at once.
 */
export function createServerFactory({ version, listTools, callTool }: ServerDefinition) {
  const identity = serverIdentity(version);
  const { name, title } = identity;

  return (context: RequestContext): Server => {
    const { enabledTools, method, requestId, account } = context;
    const { tools, cacheHint } = listTools(enabledTools);
    // 2026-07-28 puts the identity into every result; the icon is only in those that introduce the server.
    const introduces = isIntroduction(method);
    const server = new Server(introduces ? identity : { name, title, version }, {
      // The SDK defaults to true, with which clients hold a stream open to hear of changes.
      capabilities: { tools: { listChanged: false }, resources: { listChanged: false } },
      instructions: instructions(enabledTools, account),
      cacheHints: {
        'tools/list': cacheHint,
        'resources/list': cacheHint,
        'resources/read': cacheHint,
        'server/discover': account === undefined ? cacheHint : { ...cacheHint, cacheScope: 'private' },
      },
    });
    server.setRequestHandler('tools/list', () => ({ tools }));
    server.setRequestHandler('resources/list', () => ({ resources: listUiResources(enabledTools) }));
    server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [] }));
    server.setRequestHandler('resources/read', ({ params: { uri } }) => {
      const found = readUiResource(uri, enabledTools);
      if (!found) throw new ResourceNotFoundError(uri);
      return found;
    });
    server.setRequestHandler('tools/call', async ({ params }, sdkContext) => {
      const progress = context.accepts.streams ? startProgress(params, sdkContext) : undefined;
      try {
        const call = toToolCall(params, context, sdkContext.mcpReq.signal);
        return toCallToolResult(
          await callTool({ ...call, onWait: progress?.waits, onProgress: progress?.reports }),
          requestId,
        );
      } finally {
        progress?.stop();
      }
    });
    // 2026-07-28 requires HTTP 404 for an unknown method, which the SDK sends; its clients read the capabilities.
    if (context.protocolVersion === MODERN) return server;
    server.fallbackRequestHandler = async ({ method }) => {
      // Cline and opencode request it from every server; an error would fail their connection
      // (https://github.com/DeusData/codebase-memory-mcp/pull/1015, https://github.com/upstash/context7/pull/2534).
      // Prompts are not declared, so other clients do not request them.
      if (method === 'prompts/list') return { prompts: [] };
      throw new ProtocolError(ProtocolErrorCode.MethodNotFound, NOT_FOUND, { request_id: requestId });
    };
    return server;
  };
}

const NOT_FOUND =
  'Method not found: this server has tools, by tools/list and tools/call, and the views of their results';
