import { connect, type Socket } from 'node:net';

export interface RawSocket {
  socket: Socket;
  /** Returns the data received so far. */
  received(): string;
  /** Resolves with all data received, when the connection has ended. */
  ended: Promise<string>;
}

/** Opens a TCP connection to a server, for bytes that no HTTP client sends. */
export function rawSocket(origin: string): RawSocket {
  const { hostname, port } = new URL(origin);
  // allowHalfOpen: the test decides when its own side ends.
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let received = '';
  socket.setEncoding('latin1').on('data', data => {
    received += data;
  });
  const ended = new Promise<string>(resolve => {
    socket.on('end', () => socket.end());
    // A reset ends the connection too.
    socket.on('error', () => {}).on('close', () => resolve(received));
  });
  return { socket, received: () => received, ended };
}

/** Returns an HTTP request as text, with its content-length. */
export function rawRequest(body: string, headers: Record<string, string> = {}): string {
  const all = { host: 'localhost', 'content-type': 'application/json', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST /mcp HTTP/1.1\r\n${lines.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
