import { connect, type Socket } from 'node:net';

export interface RawSocket {
  socket: Socket;
  /** What has come back so far. */
  received(): string;
  /** When the other side has ended the connection: what came back in all. */
  ended: Promise<string>;
}

/** A bare connection to a server, for what no HTTP client would send. */
export function rawSocket(origin: string): RawSocket {
  const { hostname, port } = new URL(origin);
  // allowHalfOpen: a test decides itself when its own side ends.
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let received = '';
  socket.setEncoding('latin1').on('data', data => {
    received += data;
  });
  const ended = new Promise<string>(resolve => {
    socket.on('end', () => socket.end());
    // A connection that is reset has ended as well.
    socket.on('error', () => {}).on('close', () => resolve(received));
  });
  return { socket, received: () => received, ended };
}

/** A request as text, with the length of its body. */
export function rawRequest(body: string, headers: Record<string, string> = {}): string {
  const all = { host: 'localhost', 'content-type': 'application/json', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST /mcp HTTP/1.1\r\n${lines.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
