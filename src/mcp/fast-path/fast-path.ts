import { SERVER_INFO_META_KEY } from '@modelcontextprotocol/server';
import { lazy } from '../../core/memo.ts';
import { serverIdentity } from '../catalog/server-info.ts';
import { type CallParams, type RequestContext, toToolCall } from '../protocol/request-context.ts';
import type { ServerDefinition } from '../protocol/sdk-server.ts';
import { responseMeta } from '../responses/tool-response.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';
import type { EligibleRequest } from './eligible-request.ts';

/**
 * Serves tools/call and tools/list without the SDK's server, transport and streams, which cost more CPU than a call.
 *
 * What must stay true (test/mcp/fast-path compares both paths over many requests):
 * - The response equals the SDK's in status, type and JSON, in both eras.
 * - The SDK's classifyInboundRequest decides the era. A later revision is the SDK's until eligible-request.ts knows it.
 * - Only requests whose every member is known by name are eligible. Nothing is refused here.
 * - Both paths see the message as normalize-message.ts and mirrored-headers.ts leave it.
 */
export function createFastPath({ version, defaultTools, listTools, callTool }: ServerDefinition) {
  const { name, title } = serverIdentity(version);
  const serverInfo = { [SERVER_INFO_META_KEY]: { name, title, version } };
  const listResult = (enabledTools: EnabledTools, modern: boolean) => {
    const { tools, cacheHint } = listTools(enabledTools);
    return JSON.stringify(
      modern ? { resultType: 'complete', ...cacheHint, tools, _meta: serverInfo } : { tools },
    );
  };
  const defaultModern = lazy(() => listResult(defaultTools, true));
  const default2025 = lazy(() => listResult(defaultTools, false));

  return {
    listTools({ id, modern }: EligibleRequest, enabledTools: EnabledTools): string {
      if (enabledTools !== defaultTools) return response(id, listResult(enabledTools, modern));
      return response(id, modern ? defaultModern() : default2025());
    },

    async callTool(
      { id, modern }: EligibleRequest,
      params: CallParams,
      context: RequestContext,
    ): Promise<string> {
      const toolResponse = await callTool(toToolCall(params, context, context.signal));
      const { text, isError } = toolResponse;
      const meta = { ...responseMeta(toolResponse, context.requestId), ...(modern && serverInfo) };
      const members = [
        `"content":[{"type":"text","text":${JSON.stringify(text)}}]`,
        // The text is JSON already.
        isError ? '"isError":true' : `"structuredContent":${text}`,
        ...(modern ? ['"resultType":"complete"'] : []),
        `"_meta":${JSON.stringify(meta)}`,
      ];
      return response(id, `{${members.join(',')}}`);
    },
  };
}

export type FastPath = ReturnType<typeof createFastPath>;

const response = (id: string | number, result: string) =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`;
