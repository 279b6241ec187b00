import type { PartooRequest } from '../requests/request.ts';
import { requestTarget } from '../requests/request-target.ts';
import { type Call, timeLeft } from './call.ts';
import { failure } from './failure.ts';
import type { AttemptOutcome } from './hooks.ts';
import type { Attempt, Transport } from './transport.ts';

export interface SendOptions {
  transport: Transport;
  upstreamTimeoutMs: number;
}

/** Node's timers may fire so much early. */
const TIMER_EARLY_MS = 1;

/** Makes one attempt, and tells whoever watches the call how it ended. `number`: 1 for the first. */
export async function sendOnce(
  options: SendOptions,
  call: Call,
  request: PartooRequest,
  number: number,
): Promise<Attempt> {
  const { method, template = request.path } = request;
  const ended = call.hooks.attempt({ method, template, number });
  try {
    const attempt = await attemptIt(options, call, request);
    ended(endOf(attempt));
    return attempt;
  } catch (error) {
    ended('cancelled');
    throw error;
  }
}

function endOf(attempt: Attempt): AttemptOutcome {
  if (attempt.kind === 'answered') return attempt.status;
  if (attempt.kind === 'not_sent') return 'not_sent';
  return attempt.timedOut ? 'timeout' : 'lost';
}

async function attemptIt(
  { transport, upstreamTimeoutMs }: SendOptions,
  call: Call,
  request: PartooRequest,
): Promise<Attempt> {
  const { method, body } = request;
  call.stats.attempts++;
  if (call.timing) call.timing.firstSentAt ??= Date.now();
  const started = performance.now();
  const timeoutMs = Math.ceil(Math.min(upstreamTimeoutMs, timeLeft(call)));
  try {
    const attempt = await transport.attempt({
      method,
      target: requestTarget(request),
      key: call.caller.key,
      keyHash: call.caller.keyHash,
      body,
      timeoutMs,
      deadlineMs: Math.ceil(timeLeft(call)),
      ...(method === 'GET' && { signal: call.signal }),
    });
    if (attempt.kind === 'answered') {
      if (call.timing && attempt.sentAt !== undefined)
        call.timing.partooAheadMs = attempt.sentAt - Date.now();
      return attempt;
    }
    if (attempt.kind === 'lost' && attempt.noRoom) return { ...attempt, cutShort: true };
    if (timeoutMs === upstreamTimeoutMs) return attempt;
    return { ...attempt, cutShort: performance.now() - started >= timeoutMs - TIMER_EARLY_MS };
  } catch (error) {
    if (call.signal.aborted) throw failure.cancelled(false);
    throw error;
  }
}
