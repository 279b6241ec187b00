import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { RedisNode } from './redis-url.ts';

const ANSWERS_WITHIN_MS = 1_000;

/**
 * Whether a server speaks TLS where REDIS_URL says that it does not, or the other way round. From the failed connection
 * alone that cannot be told: one end waits for a hello, or cuts what it does not understand.
 */
export function tlsMismatch({ host, port }: RedisNode, tls: boolean): Promise<boolean> {
  return tls ? answersInClear(host, port) : shakesHands(host, port);
}

function answersInClear(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port }, () => socket.write('PING\r\n'));
  return outcome(socket, found => socket.once('data', data => found(/^[+-]/.test(data.toString('latin1')))));
}

/** Nothing is sent but the handshake, so it does not matter whose certificate it is. */
function shakesHands(host: string, port: number): Promise<boolean> {
  const socket = connectTls({ host, port, rejectUnauthorized: false });
  return outcome(socket, found => socket.once('secureConnect', () => found(true)));
}

function outcome(socket: Socket, listen: (found: (yes: boolean) => void) => void): Promise<boolean> {
  return new Promise<boolean>(resolve => {
    socket.setTimeout(ANSWERS_WITHIN_MS, () => resolve(false));
    socket.on('error', () => resolve(false)).once('close', () => resolve(false));
    listen(resolve);
  }).finally(() => socket.destroy());
}
