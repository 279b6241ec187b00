import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { explainRedisError, type RedisFault } from './redis-faults.ts';
import type { RedisNode } from './redis-url.ts';

const ANSWERS_WITHIN_MS = 1_000;

/**
 * Looks at a server that a connection failed with for reasons unknown: whether it can be reached, what it says to a newcomer,
 * and whether it speaks TLS where REDIS_URL says that it does not (`tls`), or the other way round. From the failed connection
 * alone that cannot be told: one end waits for a hello, or cuts what it does not understand. Undefined when nothing is found.
 */
export async function diagnoseNode(node: RedisNode, tls: boolean | 'unknown') {
  if (tls === 'unknown') return outcome(connect(node), 'connect', () => undefined);
  const found = await Promise.all([answerInClear(node, tls), ...(tls ? [] : [shakesHands(node)])]);
  return found.find(fault => fault !== undefined);
}

const answerInClear = (node: RedisNode, tls: boolean) => {
  const socket = connect(node, () => socket.write('PING\r\n'));
  return outcome(socket, 'data', data => {
    const said = String(data).trim();
    if (!/^[+-]/.test(said)) return undefined;
    if (tls)
      return mismatch('it does not speak TLS, which REDIS_URL asks for: write redis instead of rediss');
    // Of a password it asks nobody but us, who gave none.
    const fault = explainRedisError(said.slice(1));
    return said.startsWith('-') && fault.kind === 'passing' ? fault : undefined;
  });
};

/** Nothing is sent but the handshake, so it does not matter whose certificate it is. */
const shakesHands = (node: RedisNode) =>
  outcome(connectTls({ ...node, rejectUnauthorized: false }), 'secureConnect', () =>
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
