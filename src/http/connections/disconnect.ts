import type { FastifyReply, FastifyRequest } from 'fastify';

/** nginx' status for a request whose caller closed the connection before the answer. */
export const CLIENT_CLOSED_REQUEST = 499;

/** Codes with which a read from, or a write to, a connection fails that its caller has closed. */
const CONNECTION_CLOSED = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** The reason of the abort when a caller disconnects. */
class CallerDisconnectedError extends Error {
  override readonly name = 'CallerDisconnectedError';
}

/** Aborted when the connection closes before the answer is out. */
export function disconnectSignal({ raw }: FastifyReply): AbortSignal {
  const disconnected = new AbortController();
  const abort = () => disconnected.abort(new CallerDisconnectedError('the caller disconnected'));
  // A connection that closed while the body was parsed emits no second event.
  if (raw.closed) abort();
  else {
    raw.once('close', () => {
      if (!raw.writableFinished) abort();
    });
  }
  return disconnected.signal;
}

/**
 * Whether a request failed because its caller disconnected, which is no fault of this server. Any other failure stays a
 * fault, whether or not the caller is still there.
 */
export function isDisconnect(error: Error & { code?: unknown }, { raw }: FastifyRequest): boolean {
  if (error instanceof CallerDisconnectedError) return true;
  const byConnection = CONNECTION_CLOSED.has(String(error.code)) || error.name === 'AbortError';
  return byConnection && raw.socket.destroyed;
}
