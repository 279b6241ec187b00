import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { explainRedisError, type RedisFault } from './faults.ts';
import type { RedisNode } from './redis-url.ts';

const TIMEOUT_MS = 1_000;

/**
 * Tries plain text and TLS against a server whose connection failed for an unclear reason. A TLS mismatch cannot be
 * seen from the failed connection: one end waits, or closes. Returns undefined when nothing is found.
 */
export async function diagnoseNode(node: RedisNode, tls: boolean | 'unknown') {
  if (tls === 'unknown') return firstFault(connect(node), 'connect', () => undefined);
  const found = await Promise.all([tryPlainText(node, tls), ...(tls ? [] : [tryTls(node)])]);
  return found.find(fault => fault !== undefined);
}

const tryPlainText = (node: RedisNode, tls: boolean) => {
  const socket = connect(node, () => socket.write('PING\r\n'));
  return firstFault(socket, 'data', data => {
    const reply = String(data).trim();
    if (!/^[+-]/.test(reply)) return undefined;
    if (tls) return mismatch('it does not speak TLS: use redis instead of rediss in REDIS_URL');
    const fault = explainRedisError(reply.slice(1));
    // An operator's fault, such as a missing password, may be this probe's alone: it sends none.
    return reply.startsWith('-') && fault.kind === 'passing' ? fault : undefined;
  });
};

/** The certificate is not checked, since nothing but the handshake is sent. */
const tryTls = (node: RedisNode) =>
  firstFault(connectTls({ ...node, rejectUnauthorized: false }), 'secureConnect', () =>
    mismatch('it speaks only TLS: use rediss instead of redis in REDIS_URL'),
  );

const mismatch = (why: string): RedisFault => ({ kind: 'operator', why });

/** Resolves with what `find` makes of the event, or with the reason why there is no connection. */
function firstFault(
  socket: Socket,
  event: string,
  find: (data: unknown) => RedisFault | undefined,
): Promise<RedisFault | undefined> {
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
