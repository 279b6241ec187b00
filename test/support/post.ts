export interface JsonRpcResponse {
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
}

export interface PostResponse {
  status: number;
  headers: Headers;
  body: JsonRpcResponse;
}

/** Sends a JSON-RPC message or a batch as a 2025 client without a handshake. */
export async function post(
  url: string,
  message: object,
  headers: Record<string, string> = {},
): Promise<PostResponse> {
  const body = Array.isArray(message) ? message : { jsonrpc: '2.0', id: 1, ...message };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as JsonRpcResponse,
  };
}

/** The required `_meta` of every 2026-07-28 message. */
export const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** Sends a 2026-07-28 message with the headers that repeat its values. */
export function postModern(
  url: string,
  method: string,
  params: { name?: string; arguments?: object; _meta?: object } = {},
  headers: Record<string, string> = {},
): Promise<PostResponse> {
  return post(
    url,
    { method, params: { ...params, _meta: { ...ENVELOPE, ...params._meta } } },
    {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(params.name && { 'mcp-name': params.name }),
      ...headers,
    },
  );
}
