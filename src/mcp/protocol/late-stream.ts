import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';

/**
 * Answers one request with JSON, unless something is sent before the answer: then with the stream that carries both.
 * `transport` answers with streams, and is connected; `handle` gives it the request.
 */
export async function streamIfSpoken(
  transport: Transport,
  handle: () => Promise<Response>,
): Promise<Response> {
  const first = firstSent(transport);
  const response = await handle();
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
  const message = await first;
  if (!isAnswer(message)) return response;
  await response.body?.cancel();
  return Response.json(message);
}

/** The first message that is sent. An answer that comes first is kept from the stream, which nobody will read. */
function firstSent(transport: Transport): Promise<JSONRPCMessage> {
  const send = transport.send.bind(transport);
  return new Promise(resolve => {
    transport.send = async (message, options) => {
      transport.send = send;
      resolve(message);
      if (!isAnswer(message)) await send(message, options);
    };
  });
}

const isAnswer = (message: JSONRPCMessage) => !('method' in message);
