import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { explainRedisError, type RedisFault } from './redis-faults.ts';
import type { RedisNode } from './redis-url.ts';

const ANSWERS_WITHIN_MS = 1_000;

/**
 * Looks at a server that a connection failed with for reasons unknown: whether it can be reached, and whether it speaks TLS
 * where REDIS_URL says that it does not (`tls`), or the other way round. From the failed connection alone that cannot be
 * told: one end waits for a hello, or cuts what it does not understand. Undefined when nothing is found.
 */
export function diagnoseNode({ host, port }: RedisNode, tls: boolean | 'unknown') {
  if (tls === true) return answersInClear(host, port);
  return tls === false
    ? shakesHands(host, port)
    : outcome(connect({ host, port }), 'connect', () => undefined);
}

const answersInClear = (host: string, port: number) => {
  const socket = connect({ host, port }, () => socket.write('PING\r\n'));
  return outcome(socket, 'data', data =>
    /^[+-]/.test(String(data))
      ? mismatch('it does not speak TLS, which REDIS_URL asks for: write redis instead of rediss')
      : undefined,
  );
};

/** Nothing is sent but the handshake, so it does not matter whose certificate it is. */
const shakesHands = (host: string, port: number) =>
  outcome(connectTls({ host, port, rejectUnauthorized: false }), 'secureConnect', () =>
    mismatch('it speaks only TLS, which REDIS_URL does not ask for: write rediss instead of redis'),
  );

const mismatch = (why: string): RedisFault => ({ kind: 'operator', why });

/** What is found when `event` comes, or when there is no connection. */
function outcome(
  socket: Socket,
  event: string,
  find: (data: unknown) => RedisFault | undefined,
): Promise<RedisFault | undefined> {
  return new Promise<RedisFault | undefined>(resolve => {
    const giveUp = () => resolve(undefined);
    socket.setTimeout(ANSWERS_WITHIN_MS, giveUp);
    socket.once(event, data => resolve(find(data))).once('close', giveUp);
    // Other errors are what the end that speaks otherwise makes of our question.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const unreachable = error.syscall === 'connect' || error.syscall === 'getaddrinfo';
      resolve(unreachable ? explainRedisError(error) : undefined);
    });
  }).finally(() => socket.destroy());
}
