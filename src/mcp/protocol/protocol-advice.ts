import { ProtocolErrorCode } from '@modelcontextprotocol/server';

interface Refusal {
  error?: { code: number; message: string; data?: object };
}

const SPOKEN = '2026-07-28, 2025-11-25, 2025-06-18 and 2025-03-26';

/** What to change, for refusals of the SDK that say only what is wrong. */
const ADVICE: Record<number, string> = {
  // HeaderMismatch: the headers must repeat what is in the body, by the specification.
  [-32020]:
    'Send MCP-Protocol-Version with the revision that params._meta names, Mcp-Method with the method and Mcp-Name with ' +
    'params.name; or leave the io.modelcontextprotocol/* members out of params._meta to speak a 2025 revision',
  [ProtocolErrorCode.UnsupportedProtocolVersion]: `This server speaks ${SPOKEN}`,
  [ProtocolErrorCode.InvalidParams]:
    'A request of 2026-07-28 has these in params._meta; to speak a 2025 revision send MCP-Protocol-Version: 2025-11-25. ' +
    `This server speaks ${SPOKEN}`,
};

/** An answer of the SDK; an error with what to change, and under what name the log has it. */
export async function withAdvice(response: Response, requestId: string): Promise<Judged> {
  const { ok, status, headers } = response;
  if (!headers.get('content-type')?.startsWith('application/json')) {
    return { answer: response, ...(!ok && { error: status }) };
  }
  const text = await response.text();
  const body = JSON.parse(text) as Refusal;
  if (!body.error) return { answer: new Response(text, { status, headers }) };
  const { code, message, data } = body.error;
  // With 200 it is the answer of a handler, which says itself what to change.
  const advice = ok ? undefined : ADVICE[code];
  body.error = {
    code,
    message: advice === undefined ? message : `${message}. ${advice}.`,
    data: { ...data, request_id: requestId },
  };
  return { answer: Response.json(body, { status }), error: ok ? code : status };
}

export interface Judged {
  answer: Response;
  /** The HTTP status of a refusal, or the code of a JSON-RPC error that came with 200. */
  error?: number;
}
