import { ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { MessageProblem } from './message-problem.ts';
import type { RequestContext } from './request-context.ts';
import { REVISIONS } from './revisions.ts';

interface SdkResponse {
  response: Response;
  /** The HTTP status of a refusal, or the code of a JSON-RPC error sent with 200. */
  error?: number;
}

/** Refuses a message as the SDK would: invalid params get a JSON-RPC error with 200, every other problem HTTP 400. */
export function refuse(
  { code, message }: MessageProblem,
  body: unknown,
  { requestId, accepts }: RequestContext,
): Required<SdkResponse> {
  const { id } = (Array.isArray(body) ? {} : (body ?? {})) as { id?: unknown };
  const hasId = typeof id === 'string' || typeof id === 'number';
  const error = {
    jsonrpc: '2.0',
    error: { code, message, data: { request_id: requestId } },
    id: hasId ? id : null,
  };
  if (code !== ProtocolErrorCode.InvalidParams || !hasId)
    return { response: Response.json(error, { status: 400 }), error: 400 };
  if (accepts.json) return { response: Response.json(error), error: code };
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' };
  const event = `event: message\ndata: ${JSON.stringify(error)}\n\n`;
  return { response: new Response(event, { headers }), error: code };
}

/** Adds the request id to a JSON-RPC error of the SDK and, where the SDK refused the message, what to change. */
export async function explainSdkError(response: Response, requestId: string): Promise<SdkResponse> {
  const { ok, status, headers } = response;
  if (!headers.get('content-type')?.startsWith('application/json')) {
    return { response, ...(!ok && { error: status }) };
  }
  const text = await response.text();
  const body = JSON.parse(text) as { error?: { code: number; message: string; data?: object } };
  if (!body.error) return { response: new Response(text, { status, headers }) };
  const { code, message, data } = body.error;
  // With 200 the error comes from a handler of ours, which has its own advice.
  const advice = ok ? undefined : ADVICE[code];
  body.error = {
    code,
    message: advice === undefined ? message : `${message}. ${advice}.`,
    data: { ...data, request_id: requestId },
  };
  return { response: Response.json(body, { status }), error: ok ? code : status };
}

const SPOKEN = `This server speaks ${REVISIONS.slice(0, -1).join(', ')} and ${REVISIONS.at(-1)}`;

const ADVICE: Record<number, string> = {
  // HeaderMismatch of 2026-07-28: the mirrored headers must repeat the body.
  [-32020]:
    'Send MCP-Protocol-Version with the revision that params._meta names, Mcp-Method with the method and Mcp-Name with ' +
    'params.name; or leave the io.modelcontextprotocol/* members out of params._meta to speak a 2025 revision',
  [ProtocolErrorCode.UnsupportedProtocolVersion]: SPOKEN,
  [ProtocolErrorCode.InvalidParams]:
    'A request of 2026-07-28 has these in params._meta; to speak a 2025 revision send MCP-Protocol-Version: 2025-11-25. ' +
    SPOKEN,
};
