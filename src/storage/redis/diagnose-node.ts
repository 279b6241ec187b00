import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { explainRedisError, type RedisFault } from './faults.ts';
import type { RedisNode } from './redis-url.ts';

const TIMEOUT_MS = 1_000;

/**
 * Tries plain text, and TLS unless it is in use, against a server whose connection failed for an unclear reason. A TLS mismatch
 * cannot be seen from the failed connection: one end waits, or closes. Returns undefined when nothing is found.
 */
export async function diagnoseNode(node: RedisNode, tls: boolean): Promise<RedisFault | undefined> {
  const plain = connect(node, () => plain.write('PING\r\n'));
  const tries = [faultOf(plain, 'data', reply => faultOfReply(String(reply).trim(), tls))];
  if (!tls) {
    // The certificate is not checked, since nothing but the handshake is sent.
    const encrypted = connectTls({ ...node, rejectUnauthorized: false });
    const why = 'it speaks only TLS: use rediss instead of redis in REDIS_URL';
    tries.push(faultOf(encrypted, 'secureConnect', () => ({ kind: 'operator', why })));
  }
  return (await Promise.all(tries)).find(fault => fault !== undefined);
}

function faultOfReply(reply: string, tls: boolean): RedisFault | undefined {
  if (!/^[+-]/.test(reply)) return undefined;
  if (tls)
    return { kind: 'operator', why: 'it does not speak TLS: use redis instead of rediss in REDIS_URL' };
  const fault = explainRedisError(reply.slice(1));
  // An operator's fault, such as a missing password, may be this probe's alone: it sends none.
  return reply.startsWith('-') && fault.kind === 'passing' ? fault : undefined;
}

/** Resolves with what `find` makes of the event, or with the reason why there is no connection. */
function faultOf(socket: Socket, event: string, find: (data: unknown) => RedisFault | undefined) {
  return new Promise<RedisFault | undefined>(resolve => {
    const giveUp = () => resolve(undefined);
    socket.setTimeout(TIMEOUT_MS, giveUp);
    socket.once(event, data => resolve(find(data))).once('close', giveUp);
    // Errors after the connection only show that the other end speaks another protocol.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const unreachable = error.syscall === 'connect' || error.syscall === 'getaddrinfo';
      resolve(unreachable ? explainRedisError(error) : undefined);
    });
  }).finally(() => socket.destroy());
}
