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

/** A refusal of the SDK (HTTP 400) with what to change, and under what name the log has it. */
export async function withAdvice(response: Response, requestId: string): Promise<Response> {
  const json = response.headers.get('content-type')?.startsWith('application/json');
  if (response.status !== 400 || !json) return response;
  const body = (await response.json()) as Refusal;
  if (body.error) {
    const { code, message, data } = body.error;
    const advice = ADVICE[code];
    body.error = {
      code,
      message: advice === undefined ? message : `${message}. ${advice}.`,
      data: { ...data, request_id: requestId },
    };
  }
  return Response.json(body, { status: response.status });
}
