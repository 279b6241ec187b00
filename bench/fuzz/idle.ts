import { once } from 'node:events';
import type { Socket } from 'node:net';
import { rawSocket } from '../../test/support/raw-socket.ts';

const AT_ONCE = 200;

/** Opens connections that send nothing. */
export async function openIdle(origin: string, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const opening = Array.from(
      { length: Math.min(AT_ONCE, count - sockets.length) },
      () => rawSocket(origin).socket,
    );
    await Promise.all(opening.map(socket => once(socket, 'connect')));
    sockets.push(...opening);
  }
  return sockets;
}
