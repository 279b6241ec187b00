import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultLog, inBackground } from '../../core/background.ts';
import type { Limiter } from '../../rate-limit/limiter.ts';
import { type Buckets, lookUpQueue } from '../keys/buckets.ts';
import type { KeyRegistry } from '../keys/key-registry.ts';
import type { PartooRequest } from '../requests/request.ts';
import { requestTarget } from '../requests/request-target.ts';
import { isByIntermediary } from '../responses/intermediary.ts';
import { readObject } from '../responses/page.ts';
import { judge } from '../responses/success.ts';
import { type Call, timeLeft } from './call.ts';
import type { Breaker } from './circuit-breaker.ts';
import { failure } from './failure.ts';
import { Flights } from './request-coalescing.ts';
import { askedToWaitMs, isInDoubt, isTooMany, retryDelayMs } from './retry.ts';
import { sendOnce } from './send-once.ts';
import { type Attempt, type Transport, withoutKey } from './transport.ts';

/** An attempt with less time than this would only put its own outcome in doubt. */
const SHORTEST_ATTEMPT_MS = 1_000;
/** A look-up waits for its turn among the unknown keys: for the whole window, if they have used it up. */
const LOOK_UP_MAX_WAIT_MS = 62_000;
const LOOK_UP_DEADLINE_MS = 70_000;

export interface ClientOptions {
  transport: Transport;
  limiter: Limiter;
  /** Absent for what is sent whatever failed before. */
  breaker: Breaker | undefined;
  keys: KeyRegistry;
  upstreamTimeoutMs: number;
  maxWaitMs: number;
  log: FaultLog;
}

export function createClient(options: ClientOptions) {
  const flights = new Flights();

  async function read<Answer>(call: Call, request: PartooRequest<Answer>): Promise<Answer> {
    const { keyHash } = call.caller;
    const target = requestTarget(request);
    if (call.bypassCoalescing) return sendForKey(options, call, request);
    return flights.join(keyHash, target, call, shared => sendForKey(options, shared, request));
  }

  async function write<Answer>(call: Call, request: PartooRequest<Answer>): Promise<Answer> {
    const { keyHash } = call.caller;
    // Throws for one that cannot be sent.
    requestTarget(request);
    // Before and after: a read that starts from then on must not share an answer from before the write.
    flights.part(keyHash);
    try {
      return await sendForKey(options, call, request);
    } finally {
      flights.part(keyHash);
    }
  }

  return {
    send: <Answer>(call: Call, request: PartooRequest<Answer>): Promise<Answer> =>
      (request.method === 'GET' ? read : write)(call, request),
    async checkKey(call: Call): Promise<string> {
      return (await bucketsOf(options, call))[0];
    },
  };
}

/** Sends a request that counts where Partoo counts it: in the organization of the caller's key. */
async function sendForKey<Answer>(
  options: ClientOptions,
  call: Call,
  request: PartooRequest<Answer>,
): Promise<Answer> {
  return sendUntilDone(options, call, await bucketsOf(options, call), request);
}

async function bucketsOf(options: ClientOptions, call: Call): Promise<Buckets> {
  const buckets = options.keys.bucketsOf(call.caller.keyHash, counted => fetchUser(options, call, counted));
  return buckets instanceof Promise ? inTime(call, buckets) : buckets;
}

export const ME = {
  method: 'GET',
  path: '/user/me',
  noRetry: true,
  read: readObject,
} satisfies PartooRequest<Record<string, unknown>>;

/** Asks once, and again with a later call: until then the caller's call goes on. */
async function fetchUser(
  options: ClientOptions,
  { caller, hooks }: Call,
  buckets: Buckets,
): Promise<unknown> {
  // Not the caller's own signal and deadline: others wait for the answer as well.
  const asking: Call = {
    caller,
    deadline: performance.now() + LOOK_UP_DEADLINE_MS,
    signal: new AbortController().signal,
    stats: { attempts: 0, waitedMs: 0 },
    hooks,
    limiterQueue: lookUpQueue(caller.keyHash),
  };
  // Past the breaker: that this fails says nothing of what callers ask for, and without it they would all be unknown.
  const unheld = { ...options, breaker: undefined, maxWaitMs: LOOK_UP_MAX_WAIT_MS };
  return sendUntilDone(unheld, asking, buckets, ME);
}

/** Sends a request, again where that is safe, until it has an outcome. */
async function sendUntilDone<Answer>(
  options: ClientOptions,
  call: Call,
  buckets: Buckets,
  request: PartooRequest<Answer>,
): Promise<Answer> {
  const write = request.method !== 'GET';
  const idempotent = !write || request.idempotent === true;
  let mayHaveHappened = false;

  for (let number = 1; ; number++) {
    let attempt = await sendInTurn(options, call, buckets, { request, number, mayHaveHappened });
    if (attempt.kind === 'answered' && attempt.status < 300) {
      const judged = judge(request, attempt);
      if ('answer' in judged) {
        options.keys.markAccepted(call.caller.keyHash);
        return judged.answer;
      }
      const { key } = call.caller;
      const noSuccess = {
        ...judged.noSuccess,
        said: judged.noSuccess.said.map(line => withoutKey(line, key)),
      };
      if (write) throw failure.unconfirmed(noSuccess);
      if (noSuccess.status === undefined) throw failure.noSuccess(noSuccess);
      attempt = { ...attempt, status: noSuccess.status };
    }

    mayHaveHappened ||= write && isInDoubt(attempt);
    if (isTooMany(attempt)) await options.limiter.pause(buckets[0], askedToWaitMs(attempt) ?? 0);
    if (attempt.kind === 'answered' && attempt.status === 401 && !isByIntermediary(attempt)) {
      await options.keys.markRejected(call.caller.keyHash);
    }
    const timeLeftMs = timeLeft(call) - SHORTEST_ATTEMPT_MS;
    const delay = request.noRetry ? undefined : retryDelayMs({ attempt, number, idempotent, timeLeftMs });
    if (delay === undefined) throw failure.ofAttempt(attempt, mayHaveHappened);
    await sleep(delay, undefined, { signal: call.signal }).catch(() => {
      throw failure.cancelled(mayHaveHappened);
    });
    if (write && call.mayRetryWrite && !(await call.mayRetryWrite()))
      throw failure.ofAttempt(attempt, mayHaveHappened);
  }
}

interface Try {
  request: PartooRequest;
  /** 1 for the first. */
  number: number;
  /** Whether an earlier try may have been carried out. */
  mayHaveHappened: boolean;
}

/** Waits for the request's turn and makes one attempt. */
async function sendInTurn(
  options: ClientOptions,
  call: Call,
  buckets: Buckets,
  { request, number, mayHaveHappened }: Try,
): Promise<Attempt> {
  const { breaker, log } = options;
  const source = { bucket: buckets[0], keyHash: call.caller.keyHash };
  const heldMs = breaker?.notBeforeMs(source);
  if (heldMs !== undefined) throw failure.breakerOpen(heldMs, mayHaveHappened);

  const turn = await waitTurn(options, call, buckets, mayHaveHappened);
  const giveBack = () => inBackground(log, 'the return of an unused slot', turn.unused);
  if (timeLeft(call) < SHORTEST_ATTEMPT_MS / 2) {
    giveBack();
    throw failure.outOfTime(mayHaveHappened);
  }
  const send = () => sendOnce(options, call, request, number);
  const attempt = await (breaker ? breaker.through(source, send) : send());
  // Not awaited: the answer need not wait for the books. One that was cut short stays booked as it is: nobody knows when
  // Partoo counted it.
  if (!attempt || attempt.kind === 'not_sent') giveBack();
  else if (attempt.kind === 'answered') inBackground(log, 'the settling of a slot', turn.answered);
  if (!attempt) throw failure.breakerOpen(breaker?.notBeforeMs(source) ?? 0, mayHaveHappened);
  return attempt;
}

async function waitTurn(
  { limiter, maxWaitMs }: ClientOptions,
  call: Call,
  buckets: Buckets,
  mayHaveHappened: boolean,
) {
  const budget = Math.min(maxWaitMs - call.stats.waitedMs, timeLeft(call) - SHORTEST_ATTEMPT_MS);
  const asked = performance.now();
  const admission = await limiter
    .acquire(buckets, call.limiterQueue ?? call.caller.keyHash, {
      maxWaitMs: Math.max(0, Math.floor(budget)),
      signal: call.signal,
      onWait: call.onWait,
    })
    .catch(error => {
      call.hooks.admission('cancelled', (performance.now() - asked) / 1_000);
      throw call.signal.aborted ? failure.cancelled(mayHaveHappened) : error;
    })
    .finally(() => {
      call.stats.waitedMs += Math.floor(performance.now() - asked);
    });
  call.hooks.admission(admission.granted ? 'granted' : 'refused', (performance.now() - asked) / 1_000);
  if (!admission.granted) {
    call.stats.remaining = 0;
    throw failure.rateLimited(admission.retryAfterMs, mayHaveHappened);
  }
  call.stats.remaining = admission.remaining;
  return admission;
}

/** What the call waits for together with others, no longer than it lasts itself. */
async function inTime<Result>(call: Call, result: Promise<Result>): Promise<Result> {
  const over = new AbortController();
  const end = async () => {
    await sleep(Math.max(0, timeLeft(call)), undefined, {
      signal: AbortSignal.any([call.signal, over.signal]),
    }).catch(() => {
      throw failure.cancelled(false);
    });
    throw failure.outOfTime(false);
  };
  try {
    return await Promise.race([result, end()]);
  } finally {
    over.abort();
  }
}
