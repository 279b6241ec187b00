import { setTimeout as sleep } from 'node:timers/promises';
import type { Reservation } from '../../idempotency/idempotency-store.ts';
import { type Call, type RequestTiming, timeLeft } from '../../partoo/client/call.ts';
import type { OpenPartoo } from '../../partoo/partoo.ts';
import type { WriteTool } from '../../tools/definition/define-tool.ts';
import { isBetween } from '../../tools/outputs/times.ts';

type Values = Record<string, unknown>;

/** Partoo may still be working when its response is lost, so a second look follows a while after the first. */
const DELAYS_MS = [500, 3_000];
/** A look without the time for its responses would only delay the caller. */
const LOOK_TAKES_MS = 3_000;

/**
 * Looks in Partoo for a write whose response was lost. Returns what the tool found; undefined when the write is not there, or
 * when another write may have made what is there.
 */
export async function verifyWrite(
  { write: { verification } }: WriteTool,
  args: Values,
  reservation: Reservation,
  call: Call & { timing: RequestTiming },
  openPartoo: OpenPartoo,
): Promise<Values | undefined> {
  if (!verification) return undefined;
  const partoo = openPartoo({ ...call, bypassCoalescing: true });
  for (const delayMs of DELAYS_MS) {
    if (call.signal.aborted || timeLeft(call) < delayMs + LOOK_TAKES_MS) return undefined;
    await sleep(delayMs);
    try {
      const isClaimed = await reservation.claimedByOthers();
      if (!isClaimed) continue;
      const me = await partoo.me();
      const { firstSentAt = Date.now(), partooAheadMs = 0 } = call.timing;
      // Corrects only a clock that is ahead. With one that is behind, a new thing may look old, but no old thing looks new.
      const aheadMs = Math.max(0, partooAheadMs);
      const found = await verification.find(args, {
        partoo,
        isClaimed,
        isOwn: userId => isNothing(userId) || isNothing(me.id) || String(userId) === String(me.id),
        isNew: date => isBetween(date, firstSentAt + aheadMs, Date.now() + aheadMs),
      });
      if (found === undefined) continue;
      // Another write may have started meanwhile and created what was found.
      const isClaimedNow = await reservation.claimedByOthers();
      if (isClaimedNow && !verification.createdIds?.(found).some(isClaimedNow)) return found;
    } catch {
      // A failed look leaves the outcome unknown.
    }
  }
  return undefined;
}

const isNothing = (value: unknown) => value === undefined || value === null;
