import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/partoo-emulator/model/seeded-random.ts';
import { rawRequest, rawSocket } from '../../test/support/raw-socket.ts';
import { type Answer, bodyOf, type Target } from './client.ts';
import type { Call } from './plan.ts';

export const STAGES = [
  'while sending the body',
  'right after the request',
  'while waiting',
  'in the answer',
] as const;

export interface HangUp {
  stage: (typeof STAGES)[number];
  /** Whether the caller comes back for what it wanted. */
  comesBack: boolean;
}

/** Waits are mostly much shorter: calls that meet no fault take some milliseconds. */
const LONGEST_WAIT_MS = 5_000;

/** Sends a call on a connection of its own, and closes it at a stage without having read the answer. */
export async function hangUp(server: Target, call: Call, { stage }: HangUp, random: Random): Promise<Answer> {
  const askedAt = Date.now();
  const { socket } = rawSocket(new URL(server.server.url).origin);
  const request = rawRequest(bodyOf(call), { accept: 'application/json', 'x-apikey': call.key });
  const sent = stage === 'while sending the body' ? request.slice(0, -random.int(1, 40)) : request;
  await new Promise<void>(resolve => {
    // A server that was killed refuses: then there is nobody to hang up on.
    socket.once('close', () => resolve()).write(sent, () => resolve());
  });
  if (stage === 'while waiting') await sleep(random.next() ** 4 * LONGEST_WAIT_MS);
  if (stage === 'in the answer' && !socket.closed) {
    await Promise.race([once(socket, 'data').catch(() => {}), once(socket, 'close'), sleep(LONGEST_WAIT_MS)]);
  }
  if (random.chance(0.5)) socket.resetAndDestroy();
  else socket.destroy();
  return { outcome: 'hung_up', repeated: false, server, askedAt, answeredAt: Date.now() };
}
