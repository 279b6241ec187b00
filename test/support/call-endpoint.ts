import type { McpEndpoint } from '../../src/mcp/endpoint.ts';
import type { EnabledTools } from '../../src/mcp/tool-filter/enabled-tools.ts';

export interface EndpointResponse {
  status: number;
  type: string | null;
  text: string;
  /** Whether the SDK gave it. */
  bySdk: boolean;
}

/** Gives an endpoint a request as the HTTP route does, and reads the answer to its end. */
export async function callEndpoint(
  endpoint: McpEndpoint,
  headers: Record<string, string>,
  body: unknown,
  enabledTools: EnabledTools = { tools: [], disabled: new Map() },
): Promise<EndpointResponse> {
  const { signal } = new AbortController();
  const all = { 'content-type': 'application/json', ...headers };
  const answer = await endpoint({
    headers: all,
    body,
    signal,
    caller: undefined,
    enabledTools,
    requestId: 'test',
  });
  if (!(answer instanceof Response))
    return { status: 200, type: 'application/json', text: String(answer), bySdk: false };
  const { status } = answer;
  return { status, type: answer.headers.get('content-type'), text: await answer.text(), bySdk: true };
}
