import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/partoo-emulator/model/seeded-random.ts';
import { rawRequest, rawSocket } from '../../test/support/raw-socket.ts';
import { bodyOf, type CallResult, type Target } from './client.ts';
import type { Call, HangUp } from './plan/intent.ts';

/** Most waits are much shorter: calls without a fault take milliseconds. */
const LONGEST_WAIT_MS = 5_000;

/** Sends a call on a connection of its own, and closes it at a stage without reading the response. */
export async function hangUp(
  server: Target,
  call: Call,
  { stage }: HangUp,
  random: Random,
): Promise<CallResult> {
  const startedAt = Date.now();
  const { socket } = rawSocket(new URL(server.server.url).origin);
  const request = rawRequest(bodyOf(call), { accept: 'application/json', 'x-apikey': call.key });
  const sent = stage === 'while sending the body' ? request.slice(0, -random.int(1, 40)) : request;
  await new Promise<void>(resolve => {
    // A killed server refuses the connection.
    socket.once('close', () => resolve()).write(sent, () => resolve());
  });
  if (stage === 'while waiting') await sleep(random.next() ** 4 * LONGEST_WAIT_MS);
  if (stage === 'in the response' && !socket.closed) {
    await Promise.race([once(socket, 'data').catch(() => {}), once(socket, 'close'), sleep(LONGEST_WAIT_MS)]);
  }
  if (random.chance(0.5)) socket.resetAndDestroy();
  else socket.destroy();
  return { outcome: 'hung_up', repeated: false, server, startedAt, endedAt: Date.now() };
}
