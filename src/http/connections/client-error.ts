import type { Socket } from 'node:net';
import type { ConnectionError, FastifyBaseLogger } from 'fastify';

const TOO_SLOW = { status: '408 Request Timeout', error: 'The request took too long to arrive' };
const TOO_LONG = {
  status: '431 Request Header Fields Too Large',
  error: 'The headers are larger than 16 KiB',
};
const GARBAGE = { status: '400 Bad Request', error: 'This is not HTTP' };

const ANSWERS: Record<string, typeof GARBAGE> = {
  ERR_HTTP_REQUEST_TIMEOUT: TOO_SLOW,
  HPE_HEADER_OVERFLOW: TOO_LONG,
};

/**
 * Ends a connection whose request could not be read. Not Fastify's own handler: that logs the error with every byte
 * that came, and so with the key.
 */
export function clientErrorHandler(log: FastifyBaseLogger) {
  return ({ code }: ConnectionError, socket: Socket): void => {
    if (code === 'ECONNRESET' || socket.destroyed) return;
    log.debug({ code }, 'a request could not be read');
    const { status, error } = ANSWERS[code] ?? GARBAGE;
    const body = JSON.stringify({ error });
    if (socket.writable) {
      socket.write(
        `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
    socket.destroySoon();
  };
}
