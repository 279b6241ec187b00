import { SERVER_INFO_META_KEY } from '@modelcontextprotocol/server';
import { lazy } from '../../core/memo.ts';
import { serverIdentity } from '../catalog/server-info.ts';
import { type RequestOrigin, readCarrier, type ServerDefinition } from '../protocol/sdk-server.ts';
import { metaOf } from '../responses/result.ts';
import type { EnabledTools } from '../tool-filter/enabled-tools.ts';
import type { FastPathRequest } from './eligible-request.ts';

/** The answer as JSON; undefined when the request has to be refused, which is the SDK's to do. */
export type FastPath = (
  request: FastPathRequest,
  origin: RequestOrigin,
  signal: AbortSignal,
) => Promise<string> | undefined;

/**
 * Answers plain requests (plain-request.ts) without the SDK's server, transport and streams: what a call costs is then
 * the call. The SDK answers the same, which test/mcp/plain.test.ts holds against it.
 */
export function createFastPath({ version, defaultTools, showTools, callTool }: ServerDefinition): FastPath {
  const { name, title } = serverIdentity(version);
  const stamp = { [SERVER_INFO_META_KEY]: { name, title, version } };
  const listing = (enabledTools: EnabledTools, modern: boolean) => {
    const { tools, cacheHint } = showTools(enabledTools);
    return JSON.stringify(modern ? { resultType: 'complete', ...cacheHint, tools, _meta: stamp } : { tools });
  };
  const modernListing = lazy(() => listing(defaultTools, true));
  const olderListing = lazy(() => listing(defaultTools, false));

  async function list({ id, modern }: FastPathRequest, enabledTools: EnabledTools): Promise<string> {
    if (enabledTools !== defaultTools) return envelope(id, listing(enabledTools, modern));
    return envelope(id, modern ? modernListing() : olderListing());
  }

  async function call(request: FastPathRequest, name: string, origin: RequestOrigin, signal: AbortSignal) {
    origin.onCall();
    const answer = await callTool({
      name,
      arguments: request.arguments,
      caller: origin.caller,
      enabledTools: origin.enabledTools,
      requestId: origin.requestId,
      protocolVersion: origin.protocolVersion,
      carriers: [readCarrier(request.meta), origin.trace],
      signal,
    });
    const { text, isError } = answer;
    const meta = { ...metaOf(answer, origin.requestId), ...(request.modern && stamp) };
    const parts = [
      `"content":[{"type":"text","text":${JSON.stringify(text)}}]`,
      // The text is the same object, in JSON already.
      isError ? '"isError":true' : `"structuredContent":${text}`,
      ...(request.modern ? ['"resultType":"complete"'] : []),
      `"_meta":${JSON.stringify(meta)}`,
    ];
    return envelope(request.id, `{${parts.join(',')}}`);
  }

  return (request, origin, signal) => {
    const { name } = request;
    if (name === undefined) return list(request, origin.enabledTools);
    const known = origin.enabledTools.tools.some(tool => tool.name === name);
    return known ? call(request, name, origin, signal) : undefined;
  };
}

const envelope = (id: string | number, result: string) =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`;
