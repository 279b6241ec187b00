import type { FastifyReply, FastifyRequest } from 'fastify';

/** nginx's status for a request whose client closed the connection before the response was complete. */
export const CLIENT_CLOSED_REQUEST = 499;

/** Error codes of reads from, and writes to, a connection that the client closed. */
const CONNECTION_CLOSED = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
]);

class ClientDisconnectedError extends Error {
  override readonly name = 'ClientDisconnectedError';
}

/** Aborted if the connection closes before the response is complete. */
export function disconnectSignal({ raw }: FastifyReply): AbortSignal {
  const disconnected = new AbortController();
  const abort = () => disconnected.abort(new ClientDisconnectedError('the client disconnected'));
  // A connection that closed while the body was read emits no further event.
  if (raw.closed) abort();
  else {
    raw.once('close', () => {
      if (!raw.writableFinished) abort();
    });
  }
  return disconnected.signal;
}

/** Whether a request failed only because its client disconnected. Other errors stay faults, even if it did. */
export function isDisconnect(error: Error & { code?: unknown }, { raw }: FastifyRequest): boolean {
  if (error instanceof ClientDisconnectedError) return true;
  const byConnection = CONNECTION_CLOSED.has(String(error.code)) || error.name === 'AbortError';
  return byConnection && raw.socket.destroyed;
}
