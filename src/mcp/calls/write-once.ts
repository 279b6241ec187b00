import { setTimeout as sleep } from 'node:timers/promises';
import { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import type { IdempotencyStore, ReservedWrite } from '../../idempotency/idempotency-store.ts';
import type { RequestTiming } from '../../partoo/client/call.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import type { Tool } from '../../tools/definition/define-tool.ts';
import { isBetween } from '../../tools/outputs/times.ts';
import { readResult } from '../responses/result.ts';

type Values = Record<string, unknown>;

/** What came of a write: its result as the caller reads it, and the ids of what it made. */
interface Made {
  result: Values;
  ids: unknown[];
}

export interface WriteCall {
  tool: Tool & Required<Pick<Tool, 'write'>>;
  caller: Pick<Caller, 'keyHash' | 'sealingKey'>;
  /** Stands for it; for the key while it is not known. */
  organization: string;
  args: Values;
  idempotencyKey: string | undefined;
  /** Makes the write. Throws CallError and nothing else. */
  make(mayRetryWrite: () => Promise<boolean>): Promise<Made>;
  /** Partoo for looking whether it happened. */
  partoo: Partoo;
  /** Of its requests. */
  timing: RequestTiming;
  /** On the clock of `performance.now()`. */
  deadline: number;
  signal: AbortSignal;
}

/** When to ask again about a write that is still in progress. */
const ASK_AGAIN_SECONDS = 3;
/** Partoo may still be at it when its answer is lost: look, and if it is not there look once more after a while. */
const LOOK_AFTER_MS = [500, 3_000];
/** Looking is only begun when there is the time for an answer. */
const LOOKING_TAKES_MS = 3_000;

const TO_SEND_AGAIN =
  'To send the same once more on purpose, call again with an idempotency_key that you have not used.';

/**
 * Makes a write once. The same call again within the memory's time gets what came of the first; a write whose answer
 * was lost is looked for. Throws CallError.
 */
export async function writeOnce(memory: IdempotencyStore, call: WriteCall): Promise<Values> {
  const { tool, args, idempotencyKey } = call;
  const { keyHash, sealingKey } = call.caller;
  const { fingerprint, target, lookUp } = tool.write;
  const beginning = await memory.begin({
    keyHash,
    organization: call.organization,
    sealingKey,
    tool: tool.name,
    fingerprint: fingerprint(args),
    idempotencyKey,
    // All that a tool replaces is in one journal: what its caller names in two ways may be one thing.
    group: target ? '' : lookUp?.likeness(args),
    target: target?.(args),
  });
  switch (beginning.kind) {
    case 'first':
      return makeFirst(call, beginning);
    case 'in progress':
      throw new CallError('in_progress', 'the same write is in progress', {
        retryAfterSeconds: ASK_AGAIN_SECONDS,
      });
    case 'paused':
      throw new CallError(
        'writes_paused',
        'Redis is away or was until a moment ago: what other replicas write is not known',
        {
          retryAfterSeconds: Math.ceil(beginning.ms / 1_000),
        },
      );
    case 'other arguments':
      throw new CallError('invalid_input', 'an idempotency key was used twice', {
        problems: ['idempotency_key: was used with other arguments; use a new one for another write'],
      });
    case 'repeat': {
      const { outcome, begunAt } = beginning;
      if (outcome !== 'unknown') return asRepeat(outcome.result as Values, begunAt);
      throw new CallError('outcome_unknown', 'the same write was sent before, its outcome is unknown');
    }
  }
}

async function makeFirst(call: WriteCall, write: ReservedWrite): Promise<Values> {
  let made: Made;
  try {
    made = await call.make(async () => !(await write.isOvertaken()));
  } catch (error) {
    const { code, refusedInWords } = error as CallError;
    const unknown = code === 'outcome_unknown';
    // Where Partoo said no, what is there is more likely somebody else's than made in spite of that.
    const found = unknown && !refusedInWords ? await look(call, write) : undefined;
    if (!found) {
      await write.end(unknown ? 'unknown' : 'not done');
      throw error;
    }
    made = found;
  }
  await write.end(made);
  return made.result;
}

/** Looks whether a write whose answer was lost has happened. Undefined: it is not there, or that cannot be told. */
async function look(call: WriteCall, write: ReservedWrite): Promise<Made | undefined> {
  const { tool, args, partoo, timing, deadline, signal } = call;
  const { lookUp } = tool.write;
  if (!lookUp) return undefined;
  for (const after of LOOK_AFTER_MS) {
    if (signal.aborted || deadline - performance.now() < after + LOOKING_TAKES_MS) return undefined;
    await sleep(after);
    try {
      const isClaimed = await write.claimed();
      // Another write that what is there could be of is under way, or in doubt itself.
      if (!isClaimed) continue;
      const me = await partoo.me();
      const { firstSentAt = Date.now() } = timing;
      // A clock that is behind shows what is new as old, and nothing that is old as new.
      const aheadMs = Math.max(0, timing.partooAheadMs ?? 0);
      const found = await lookUp.find(args, {
        partoo,
        isClaimed,
        isBy: userId => isNothing(userId) || isNothing(me.id) || String(userId) === String(me.id),
        isNew: date => isBetween(date, firstSentAt + aheadMs, Date.now() + aheadMs),
      });
      if (found === undefined) continue;
      const ids = lookUp.ids(found);
      // Once more: another write may have begun, and made it, since it was asked for the first time.
      const isClaimedNow = await write.claimed();
      if (isClaimedNow && !ids.some(isClaimedNow)) return { result: readResult(tool, found), ids };
    } catch {
      // Whatever goes wrong with looking, the caller must hear of the write.
    }
  }
  return undefined;
}

const isNothing = (value: unknown) => value === undefined || value === null;

function asRepeat(result: Values, begunAt: number): Values {
  const seconds = Math.max(0, Math.round((Date.now() - begunAt) / 1000));
  const note = `This same call was made ${seconds} s ago: this is its result, nothing was sent again. ${TO_SEND_AGAIN}`;
  return { ...result, repeated: true, note };
}
