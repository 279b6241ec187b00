import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';

/**
 * Serves one request with JSON, unless the server sends a notification before the response: then with an SSE stream that
 * carries both. `transport` must be connected and in stream mode; `handle` passes it the request.
 */
export async function streamIfNotified(
  transport: Transport,
  handle: () => Promise<Response>,
): Promise<Response> {
  const first = firstSent(transport);
  const stream = await handle();
  if (!stream.headers.get('content-type')?.startsWith('text/event-stream')) return stream;
  const message = await first;
  if (!isResponse(message)) return stream;
  await stream.body?.cancel();
  return Response.json(message);
}

/** The first message sent on a transport. A response is kept out of the stream, which nobody will read. */
function firstSent(transport: Transport): Promise<JSONRPCMessage> {
  const send = transport.send.bind(transport);
  return new Promise(resolve => {
    transport.send = async (message, options) => {
      transport.send = send;
      resolve(message);
      if (!isResponse(message)) await send(message, options);
    };
  });
}

const isResponse = (message: JSONRPCMessage) => !('method' in message);
