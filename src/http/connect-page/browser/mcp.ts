import type { HeaderCredentials } from '../../deployment/credentials.ts';

/** How a tool call ended. `text`: what a model reads. */
export type Outcome =
  | { kind: 'result'; text: string; data: Record<string, unknown>; isError: false }
  | { kind: 'result'; text: string; error: ToolError; isError: true }
  /** The request never became a call. */
  | { kind: 'refused'; status: number; message: string; seconds: number | undefined }
  | { kind: 'unreachable' };

export interface ToolError {
  code: string;
  message: string;
  seconds: number | undefined;
}

interface Call {
  name: string;
  args: object;
  header: HeaderCredentials;
  secret: string;
  /** A filter that has the tool in its list. */
  query: string;
}

/** Calls a tool of this page's own server, as curl would: without a handshake. */
export async function callTool({ name, args, header, secret, query }: Call): Promise<Outcome> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`/mcp?${query}`, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json', [header.name]: `${header.prefix}${secret}` },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name, arguments: args },
      }),
    });
    body = await response.json().catch(() => undefined);
  } catch {
    return { kind: 'unreachable' };
  }
  const { result, error } = valuesOf(body);
  const { content, isError } = valuesOf(result);
  if (!response.ok || !Array.isArray(content)) {
    const seconds = Number(response.headers.get('retry-after')) || undefined;
    return {
      kind: 'refused',
      status: response.status,
      message: String(valuesOf(error).message ?? ''),
      seconds,
    };
  }
  const text = String(valuesOf(content[0]).text ?? '');
  const parsed = valuesOf(parse(text));
  if (isError !== true) return { kind: 'result', text, data: parsed, isError: false };
  const { code, message, retry_after_seconds: seconds } = valuesOf(parsed.error);
  return {
    kind: 'result',
    text,
    isError: true,
    error: {
      code: String(code ?? 'internal'),
      message: String(message ?? text),
      seconds: typeof seconds === 'number' ? seconds : undefined,
    },
  };
}

export const valuesOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
