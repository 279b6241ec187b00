import type { Socket } from 'node:net';
import type { ConnectionError, FastifyBaseLogger } from 'fastify';

const INVALID = { status: '400 Bad Request', error: 'This is not HTTP' };

const RESPONSES: Record<string, typeof INVALID> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    error: 'The request took too long to arrive',
  },
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    error: 'The headers are larger than 16 KiB',
  },
};

/** Responds to a request that Node could not parse. Fastify's own handler would log its bytes, and so the key. */
export function clientErrorHandler(log: FastifyBaseLogger) {
  return ({ code }: ConnectionError, socket: Socket): void => {
    if (code === 'ECONNRESET' || socket.destroyed) return;
    log.debug({ code }, 'a request could not be parsed');
    const { status, error } = RESPONSES[code] ?? INVALID;
    const body = JSON.stringify({ error });
    if (socket.writable) {
      socket.write(
        `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
    socket.destroySoon();
  };
}
