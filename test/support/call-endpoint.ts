import { CallError } from '../../src/core/call-error.ts';
import type { McpEndpoint } from '../../src/mcp/endpoint.ts';
import type { EnabledTools } from '../../src/mcp/tool-filter/enabled-tools.ts';

export interface EndpointResponse {
  status: number;
  type: string | null;
  text: string;
  /** Whether the SDK made the response, not the fast path. */
  bySdk: boolean;
}

/** Calls an endpoint as the HTTP route does, and reads the whole response. */
export async function callEndpoint(
  endpoint: McpEndpoint,
  headers: Record<string, string>,
  body: unknown,
  enabledTools: EnabledTools = { tools: [], addable: [], disabled: new Map() },
): Promise<EndpointResponse> {
  const { signal } = new AbortController();
  const all = { 'content-type': 'application/json', ...headers };
  const response = await endpoint({
    headers: all,
    body,
    signal,
    caller: new CallError('missing_api_key', 'no key'),
    enabledTools,
    requestId: 'test',
  });
  if (!(response instanceof Response))
    return { status: 200, type: 'application/json', text: String(response), bySdk: false };
  const { status } = response;
  return { status, type: response.headers.get('content-type'), text: await response.text(), bySdk: true };
}
