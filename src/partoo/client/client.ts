import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultLog, inBackground } from '../../core/background.ts';
import type { Limiter } from '../../rate-limit/limiter.ts';
import { type Buckets, callerQueue, lookUpQueue } from '../keys/buckets.ts';
import type { KeyRegistry } from '../keys/key-registry.ts';
import { isRead, type PartooRequest } from '../requests/request.ts';
import { requestTarget } from '../requests/request-target.ts';
import { isByIntermediary } from '../responses/intermediary.ts';
import { readObject } from '../responses/page.ts';
import { readSuccess } from '../responses/success.ts';
import { type Attempt, isInDoubt, isRateLimited, requestedWaitMs } from './attempt.ts';
import { type Call, timeLeft } from './call.ts';
import type { Breaker } from './circuit-breaker.ts';
import * as errors from './errors.ts';
import type { AdmissionOutcome, AttemptOutcome } from './hooks.ts';
import { RequestCoalescing } from './request-coalescing.ts';
import { retryDelayMs } from './retry.ts';
import { type Transport, withoutKey } from './transport.ts';

/** An attempt with less time than this would only put its own outcome in doubt. */
const SHORTEST_ATTEMPT_MS = 1_000;
/** A look-up may wait for the whole window while other unknown keys have used up their limit. */
const LOOK_UP_MAX_WAIT_MS = 62_000;
const LOOK_UP_DEADLINE_MS = 70_000;

export interface ClientOptions {
  transport: Transport;
  limiter: Limiter;
  /** Undefined for requests that are sent whatever failed before. */
  breaker: Breaker | undefined;
  keys: KeyRegistry;
  upstreamTimeoutMs: number;
  maxWaitMs: number;
  log: FaultLog;
}

export function createClient(options: ClientOptions) {
  const coalescing = new RequestCoalescing();

  return {
    /** Sends a request and returns what it reads from Partoo's response. Throws CallError. */
    async send<Result>(call: Call, request: PartooRequest<Result>): Promise<Result> {
      const { keyHash } = call.caller;
      if (!isRead(request)) {
        // Before and after: no read that starts from now on may share a response from before the write.
        coalescing.evict(keyHash);
        try {
          return await sendUntilDone(options, call, request);
        } finally {
          coalescing.evict(keyHash);
        }
      }
      // A body is not part of the target.
      if (call.bypassCoalescing || request.body) return sendUntilDone(options, call, request);
      const target = requestTarget(request);
      const read =
        coalescing.find(keyHash, target) ??
        coalescing.add(keyHash, target, call.stats, sendUntilDone(options, detached(call), request));
      try {
        // A target has one endpoint, and so one type of result.
        return await untilDisconnected(call, read.result as Promise<Result>);
      } finally {
        call.stats.remaining = read.stats.remaining;
      }
    },

    async checkKey(call: Call): Promise<string> {
      return (await bucketsOf(options, call))[0];
    },
  };
}

/** A shared read does not stop when the client that started it disconnects: others may wait for it. */
const detached = (call: Call): Call => ({ ...call, signal: new AbortController().signal });

/** Sends a request, again where that is safe, until its outcome is known or there is no more time. */
async function sendUntilDone<Result>(
  options: ClientOptions,
  call: Call,
  request: PartooRequest<Result>,
  knownBuckets?: Buckets,
): Promise<Result> {
  const { breaker, limiter, keys, log } = options;
  const { key, keyHash } = call.caller;
  const target = requestTarget(request);
  const isWrite = !isRead(request);
  const idempotent = !isWrite || request.idempotent === true;
  const buckets = knownBuckets ?? (await bucketsOf(options, call));
  const source = { bucket: buckets[0], keyHash };
  // Whether Partoo may have carried out an earlier attempt of this write.
  let mayHaveHappened = false;

  for (let number = 1; ; number++) {
    // Permission by the circuit breaker, before and after the admission by the limiter, which may take long.
    const blockedMs = breaker?.blockedMs(source);
    if (blockedMs !== undefined) throw errors.circuitOpen(blockedMs, mayHaveHappened);
    const admission = await admit(options, call, buckets, mayHaveHappened);
    const giveSlotBack = () => inBackground(log, 'the return of an unused slot', admission.release);
    if (timeLeft(call) < SHORTEST_ATTEMPT_MS / 2) {
      giveSlotBack();
      throw errors.deadlineExceeded(mayHaveHappened);
    }
    const permit = breaker?.enter(source);
    if (breaker && !permit) {
      giveSlotBack();
      throw errors.circuitOpen(breaker.blockedMs(source) ?? 0, mayHaveHappened);
    }

    let attempt: Attempt | undefined;
    try {
      attempt = await attemptOnce(options, call, request, target, number);
    } finally {
      permit?.record(attempt);
    }
    // In the background: the result need not wait for the books. A lost attempt keeps its slot as booked, since nobody knows
    // when Partoo counted it.
    if (attempt.kind === 'not_sent') giveSlotBack();
    if (attempt.kind === 'response') inBackground(log, 'the settling of a slot', admission.settle);

    if (attempt.kind === 'response' && attempt.status < 300) {
      const outcome = readSuccess(request, attempt);
      if ('result' in outcome) {
        keys.markAccepted(keyHash);
        return outcome.result;
      }
      const { failure } = outcome;
      failure.partooWords = failure.partooWords.map(line => withoutKey(line, key));
      if (isWrite || failure.status === undefined) throw errors.unsuccessful(failure, isWrite);
      attempt = { ...attempt, status: failure.status };
    }

    // A refusal, an attempt in doubt, or one that was never sent.
    mayHaveHappened ||= isWrite && isInDoubt(attempt);
    if (isRateLimited(attempt)) await limiter.pause(buckets[0], requestedWaitMs(attempt) ?? 0);
    if (attempt.kind === 'response' && attempt.status === 401 && !isByIntermediary(attempt)) {
      await keys.markRejected(keyHash);
    }

    // Retry or give up.
    const timeLeftMs = timeLeft(call) - SHORTEST_ATTEMPT_MS;
    const delayMs = request.noRetry ? undefined : retryDelayMs({ attempt, number, idempotent, timeLeftMs });
    if (delayMs === undefined) throw errors.attemptFailed(attempt, mayHaveHappened);
    await sleep(delayMs, undefined, { signal: call.signal }).catch(() => {
      throw errors.cancelled(mayHaveHappened);
    });
    if (isWrite && call.mayRetryWrite && !(await call.mayRetryWrite())) {
      throw errors.attemptFailed(attempt, mayHaveHappened);
    }
  }
}

async function attemptOnce(
  { transport, upstreamTimeoutMs }: ClientOptions,
  call: Call,
  request: PartooRequest,
  target: string,
  number: number,
): Promise<Attempt> {
  const { caller, stats, timing, hooks } = call;
  const { method, body, template = request.path } = request;
  stats.attempts++;
  if (timing) timing.firstSentAt ??= Date.now();
  const ended = hooks.attempt({ method, template, number });
  const attempt = await transport.attempt({
    method,
    target,
    key: caller.key,
    keyHash: caller.keyHash,
    body,
    timeoutMs: upstreamTimeoutMs,
    deadlineMs: Math.ceil(timeLeft(call)),
  });
  ended(outcomeOf(attempt));
  if (timing && attempt.kind === 'response' && attempt.sentAt !== undefined) {
    timing.partooAheadMs = attempt.sentAt - Date.now();
  }
  return attempt;
}

function outcomeOf(attempt: Attempt): AttemptOutcome {
  if (attempt.kind === 'response') return attempt.status;
  return attempt.kind === 'lost' && attempt.endedBy ? 'timeout' : attempt.kind;
}

/** Waits until the limiter admits a request. */
async function admit(options: ClientOptions, call: Call, buckets: Buckets, mayHaveHappened: boolean) {
  const longestMs = Math.min(options.maxWaitMs - call.stats.waitedMs, timeLeft(call) - SHORTEST_ATTEMPT_MS);
  const started = performance.now();
  let outcome: AdmissionOutcome = 'cancelled';
  try {
    const admission = await options.limiter.acquire(buckets, call.limiterQueue ?? callerQueue(call.caller), {
      maxWaitMs: Math.max(0, Math.floor(longestMs)),
      signal: call.signal,
      onWait: call.onWait,
    });
    outcome = admission.granted ? 'granted' : 'refused';
    call.stats.remaining = admission.granted ? admission.remaining : 0;
    if (admission.granted) return admission;
    throw errors.limitUsedUp(admission.retryAfterMs, mayHaveHappened);
  } catch (error) {
    throw outcome === 'cancelled' && call.signal.aborted ? errors.cancelled(mayHaveHappened) : error;
  } finally {
    const ms = performance.now() - started;
    call.stats.waitedMs += Math.floor(ms);
    call.hooks.admission(outcome, ms / 1_000);
  }
}

/** Returns the buckets of the organization of a call's key, after looking it up if it is unknown. */
function bucketsOf(options: ClientOptions, call: Call): Buckets | Promise<Buckets> {
  // No look-up starts for a client that has disconnected: the throttle no longer follows its request.
  if (call.signal.aborted) throw errors.cancelled(false);
  const buckets = options.keys.bucketsOf(call.caller.keyHash, counted => fetchUser(options, call, counted));
  return buckets instanceof Promise ? untilDisconnected(call, buckets, timeLeft(call)) : buckets;
}

export const ME = {
  method: 'GET',
  path: '/user/me',
  noRetry: true,
  read: readObject,
} satisfies PartooRequest<Record<string, unknown>>;

/** Sends one request for the key's user. A later call repeats a failed look-up, so the present call can go on. */
function fetchUser(options: ClientOptions, { caller, hooks }: Call, buckets: Buckets): Promise<unknown> {
  // With a deadline of its own and no signal: other calls wait for the result as well.
  const call: Call = {
    caller,
    deadline: performance.now() + LOOK_UP_DEADLINE_MS,
    signal: new AbortController().signal,
    stats: { attempts: 0, waitedMs: 0 },
    hooks,
    limiterQueue: lookUpQueue(caller.keyHash),
  };
  // Without the breaker: a failing look-up says nothing about other requests, and without look-ups every key would be unknown.
  const lookUpOptions = { ...options, breaker: undefined, maxWaitMs: LOOK_UP_MAX_WAIT_MS };
  return sendUntilDone(lookUpOptions, call, ME, buckets);
}

/** Waits for a result that other calls may share until this call's own client disconnects, or for `timeoutMs` where given. */
async function untilDisconnected<Result>(
  { signal }: Call,
  result: Promise<Result>,
  timeoutMs?: number,
): Promise<Result> {
  const ended = Promise.withResolvers<never>();
  const disconnected = () => ended.reject(errors.cancelled(false));
  const timer =
    timeoutMs !== undefined && setTimeout(() => ended.reject(errors.deadlineExceeded(false)), timeoutMs);
  if (signal.aborted) disconnected();
  else signal.addEventListener('abort', disconnected);
  try {
    return await Promise.race([result, ended.promise]);
  } finally {
    if (timer) clearTimeout(timer);
    signal.removeEventListener('abort', disconnected);
  }
}
