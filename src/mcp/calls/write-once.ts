import { CallError } from '../../core/call-error.ts';
import { isObject } from '../../core/is-object.ts';
import type { EarlierWrite, IdempotencyStore } from '../../idempotency/idempotency-store.ts';
import type { Call, CallStats, RequestTiming } from '../../partoo/client/call.ts';
import type { OpenPartoo } from '../../partoo/partoo.ts';
import type { Tool, WriteTool } from '../../tools/definition/define-tool.ts';
import { readResult } from '../responses/result.ts';
import { verifyWrite } from './verify-write.ts';

type Values = Record<string, unknown>;

interface WriteCall {
  store: IdempotencyStore;
  openPartoo: OpenPartoo;
  call: Call;
  /** Of the caller's key; the key's own id while the organization is not known. */
  organization: string;
  tool: WriteTool;
  args: Values;
  idempotencyKey: string | undefined;
}

/**
 * Makes a write, unless the same write was made shortly before: then returns what came of that one. Verifies a write whose
 * response was lost. Throws CallError.
 */
export async function writeOnce(write: WriteCall): Promise<Values> {
  const { store, openPartoo, call, organization, tool, args, idempotencyKey } = write;
  const { canonicalRequest, target, verification } = tool.write;
  const { callerHash, sealingKey } = call.caller;
  const reservation = await store.reserve({
    callerHash,
    sealingKey,
    organization,
    tool: tool.name,
    canonicalRequest: canonicalRequest(args),
    idempotencyKey,
    // Two names of one business look like two targets, so a tool that replaces has a single scope.
    scope: target ? '' : verification?.scope?.(args),
    target: target?.(args),
  });
  if (!('settle' in reservation)) return repeated(reservation, tool);

  const timing: RequestTiming = {};
  const mayRetryWrite = async () => !(await reservation.isSuperseded());
  let outcome: ReturnType<typeof readOutcome>;
  try {
    outcome = readOutcome(
      tool,
      await tool.run(args, { partoo: openPartoo({ ...call, timing, mayRetryWrite }) }),
    );
  } catch (thrown) {
    const error = asCallError(thrown, tool, call.stats);
    const isUnknown = error.code === 'outcome_unknown';
    // After a refusal in words, something that looks like the write is more likely someone else's.
    const found =
      isUnknown && !error.refusedInWords
        ? await verifyWrite(tool, args, reservation, { ...call, timing }, openPartoo)
        : undefined;
    if (!found) {
      await reservation.settle(isUnknown ? 'unknown' : 'not_made');
      throw error;
    }
    outcome = readOutcome(tool, found);
  }
  await reservation.settle(outcome);
  return outcome.result;
}

const readOutcome = (tool: WriteTool, raw: unknown) => ({
  result: readResult(tool, raw),
  createdIds: isObject(raw) ? (tool.write.verification?.createdIds?.(raw) ?? []) : [],
});

/** A fault of ours: `internal`, unless a write may have left. The advice to try again would then make it twice. */
export function asCallError(error: unknown, tool: Tool, { attempts }: CallStats): CallError {
  if (error instanceof CallError) return error;
  const mayHaveWritten = tool.effect !== 'reads' && attempts > 0;
  return new CallError(mayHaveWritten ? 'outcome_unknown' : 'internal', 'unexpected', { cause: error });
}

const TO_SEND_AGAIN = 'To repeat it on purpose, call again with a new idempotency_key.';
/** The journal only has writes that came through this server, not what people do in Partoo. */
const MAY_HAVE_CHANGED = 'What it set may have changed in Partoo since.';

function repeated({ result, startedAt }: EarlierWrite, { effect }: WriteTool): Values {
  const seconds = Math.max(0, Math.round((Date.now() - startedAt) / 1000));
  const since = effect === 'replaces' ? ` ${MAY_HAVE_CHANGED}` : '';
  const note = `The same call was made ${seconds} s ago: this is its result; nothing was sent again.${since} ${TO_SEND_AGAIN}`;
  return { ...(result as Values), repeated: true, note };
}
