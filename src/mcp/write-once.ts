import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, WriteMemory } from '../limits/write-memory.ts';
import type { Caller } from '../partoo/call.ts';
import type { Partoo } from '../partoo/client.ts';
import { CallError } from '../partoo/errors.ts';
import type { Tool } from '../tools/define-tool.ts';
import { readResult } from './result.ts';

type Values = Record<string, unknown>;

export interface WriteCall {
  tool: Tool;
  caller: Pick<Caller, 'keyHash' | 'sealingKey'>;
  args: Values;
  idempotencyKey: string | undefined;
  /** Makes the write. Answers its result as the caller will read it; throws CallError and nothing else. */
  make(): Promise<Values>;
  /** Partoo for looking whether it happened. */
  partoo: Partoo;
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
export async function writeOnce(memory: WriteMemory, call: WriteCall): Promise<Values> {
  const { tool, args, idempotencyKey } = call;
  const { keyHash, sealingKey } = call.caller;
  const target = tool.target === undefined ? undefined : args[tool.target];
  const beginning = await memory.begin({
    keyHash,
    sealingKey,
    tool: tool.name,
    args,
    idempotencyKey,
    target,
  });
  switch (beginning.kind) {
    case 'first':
      return makeFirst(call, outcome => beginning.end(outcome));
    case 'in progress':
      throw new CallError('in_progress', 'the same write is in progress', {
        retryAfterSeconds: ASK_AGAIN_SECONDS,
      });
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

async function makeFirst(call: WriteCall, end: (outcome: Outcome | 'not done') => Promise<void>) {
  const begunAt = new Date();
  let result: Values;
  try {
    result = await call.make();
  } catch (error) {
    const unknown = (error as CallError).code === 'outcome_unknown';
    const found = unknown ? await lookFor(call, begunAt) : undefined;
    if (!found) {
      await end(unknown ? 'unknown' : 'not done');
      throw error;
    }
    result = found;
  }
  await end({ result });
  return result;
}

/** Looks whether a write whose answer was lost has happened. Undefined: it is not there, or that cannot be told. */
async function lookFor(call: WriteCall, since: Date): Promise<Values | undefined> {
  const { tool, args, idempotencyKey, partoo, deadline, signal } = call;
  // Meant as one more of the same: what is found may be the one before.
  if (!tool.lookFor || idempotencyKey !== undefined) return undefined;
  for (const after of LOOK_AFTER_MS) {
    if (signal.aborted || deadline - performance.now() < after + LOOKING_TAKES_MS) return undefined;
    await sleep(after);
    try {
      const found = await tool.lookFor(args, { partoo, since });
      if (found !== undefined) return readResult(tool, found);
    } catch {
      // Whatever goes wrong with looking, the caller must hear of the write.
    }
  }
  return undefined;
}

function asRepeat(result: Values, begunAt: number): Values {
  const seconds = Math.max(0, Math.round((Date.now() - begunAt) / 1000));
  const note = `This same call was made ${seconds} s ago: this is its result, nothing was sent again. ${TO_SEND_AGAIN}`;
  return { ...result, repeated: true, note };
}
