import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const HEADER_BYTES = 12;
const TYPE_A = 1;

/** A DNS server for tests. */
export interface NameServer {
  /** For `Resolver.setServers`. */
  address: string;
  /** The number of questions so far. */
  asked(): number;
  close(): Promise<void>;
}

/** Starts a DNS server that says that every name has this IPv4 address, or that never says anything. */
export async function startNameServer(answer: string | undefined): Promise<NameServer> {
  let asked = 0;
  const socket = createSocket('udp4').on('message', (query, { port, address }) => {
    asked += 1;
    if (answer !== undefined) socket.send(response(query, answer), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    close: () => new Promise(resolve => socket.close(() => resolve())),
  };
}

/** Repeats the question, followed by an address where one is asked for (RFC 1035, section 4.1). */
function response(query: Buffer, ipv4: string): Buffer {
  const endOfName = query.indexOf(0, HEADER_BYTES) + 1;
  const isA = query.readUInt16BE(endOfName) === TYPE_A;
  const header = Buffer.from(query.subarray(0, HEADER_BYTES));
  // A response without an error; then one question, and at most one answer.
  header.writeUInt16BE(0x8180, 2);
  for (const [index, count] of [1, isA ? 1 : 0, 0, 0].entries()) header.writeUInt16BE(count, 4 + 2 * index);
  const question = query.subarray(HEADER_BYTES, endOfName + 4);
  // The name of the question, type A, class IN, no caching, four bytes.
  const record = [0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4, ...ipv4.split('.').map(Number)];
  return Buffer.concat([header, question, ...(isA ? [Buffer.from(record)] : [])]);
}
