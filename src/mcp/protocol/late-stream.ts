import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';

/**
 * Serves one request with JSON, unless the server sends a notification before the response: then with an SSE stream that
 * carries both. `transport` must be connected and in stream mode; `handle` passes it the request.
 */
export async function streamIfNotified(
  transport: Transport,
  handle: () => Promise<Response>,
): Promise<Response> {
  const send = transport.send.bind(transport);
  const firstSent = new Promise<JSONRPCMessage>(resolve => {
    transport.send = async (message, options) => {
      transport.send = send;
      resolve(message);
      // A response that comes first leaves as JSON: nobody will read the stream.
      if ('method' in message) await send(message, options);
    };
  });
  const stream = await handle();
  if (!stream.headers.get('content-type')?.startsWith('text/event-stream')) return stream;
  const message = await firstSent;
  if ('method' in message) return stream;
  await stream.body?.cancel();
  return Response.json(message);
}
