import { setTimeout as sleep } from 'node:timers/promises';
import type { Limiter } from '../limits/limiter.ts';
import { businesses } from './businesses.ts';
import { failure } from './failure.ts';
import { messages } from './messages.ts';
import { posts } from './posts.ts';
import { presenceAnalytics } from './presence-analytics.ts';
import { queryString } from './query.ts';
import type { PartooRequest, Send } from './request.ts';
import { askedToWaitMs, isInDoubt, isTooMany, retryDelayMs } from './retry.ts';
import { reviews } from './reviews.ts';
import type { Attempt, Transport } from './transport.ts';

/** An attempt with less time than this would only put its own outcome in doubt. */
const SHORTEST_ATTEMPT_MS = 1_000;

/** Who is calling: someone with a Partoo key. */
export interface Caller {
  /** Goes to Partoo in `x-APIKey` and nowhere else: not to the log, not to Redis, not into an answer. */
  key: string;
  /** Stands for the key everywhere else; whose limit it is. */
  keyHash: string;
}

/** One call of a caller: whose it is, how long it may take, what it has cost so far. */
export interface Call {
  caller: Caller;
  /** On the clock of `performance.now()`. */
  deadline: number;
  /** Aborted when the caller goes away. */
  signal: AbortSignal;
  /** Told the milliseconds still to wait for Partoo's limit. */
  onWait?: (waitMs: number) => void;
  /** Counted up as the call goes on, for the log. */
  cost: { attempts: number; waitedMs: number };
}

/** Partoo as one caller sees it for one call. What fails at Partoo or on the way is thrown as a CallError. */
export type Partoo = ReturnType<typeof resources>;

const resources = (send: Send) => ({
  businesses: businesses(send),
  reviews: reviews(send),
  messages: messages(send),
  posts: posts(send),
  presenceAnalytics: presenceAnalytics(send),
});

export interface PartooOptions {
  transport: Transport;
  limiter: Limiter;
  upstreamTimeoutMs: number;
  maxWaitMs: number;
}

export type OpenPartoo = (call: Call) => Partoo;

export const createPartoo =
  (options: PartooOptions): OpenPartoo =>
  call =>
    resources(request => sendUntilDone(options, call, request));

/** Sends a request, again where that is safe, until it has an outcome. */
async function sendUntilDone(options: PartooOptions, call: Call, request: PartooRequest): Promise<unknown> {
  const write = request.method !== 'GET';
  const repeatable = !write || request.repeatable === true;
  let mayHaveHappened = false;

  for (let number = 1; ; number++) {
    await waitTurn(options, call, mayHaveHappened);
    const attempt = await sendOnce(options, call, request);
    if (attempt.kind === 'answered' && attempt.status < 300) return attempt.json;

    mayHaveHappened ||= write && isInDoubt(attempt);
    if (isTooMany(attempt)) await options.limiter.pause(call.caller.keyHash, askedToWaitMs(attempt) ?? 0);
    const timeLeftMs = timeLeft(call) - SHORTEST_ATTEMPT_MS;
    const delay = retryDelayMs({ attempt, number, repeatable, timeLeftMs });
    if (delay === undefined) throw failure.ofAttempt(attempt, mayHaveHappened);
    await sleep(delay, undefined, { signal: call.signal }).catch(() => {
      throw failure.cancelled(mayHaveHappened);
    });
  }
}

async function waitTurn({ limiter, maxWaitMs }: PartooOptions, call: Call, mayHaveHappened: boolean) {
  const budget = Math.min(maxWaitMs - call.cost.waitedMs, timeLeft(call) - SHORTEST_ATTEMPT_MS);
  const asked = performance.now();
  const admission = await limiter
    .acquire(call.caller.keyHash, {
      maxWaitMs: Math.max(0, Math.floor(budget)),
      signal: call.signal,
      onWait: call.onWait,
    })
    .catch(error => {
      throw call.signal.aborted ? failure.cancelled(mayHaveHappened) : error;
    })
    .finally(() => {
      call.cost.waitedMs += Math.floor(performance.now() - asked);
    });
  if (!admission.granted) throw failure.rateLimited(admission.retryAfterMs, mayHaveHappened);
  if (timeLeft(call) <= 0) throw failure.outOfTime(mayHaveHappened);
}

async function sendOnce(
  { transport, upstreamTimeoutMs }: PartooOptions,
  call: Call,
  { method, path, query = {}, body }: PartooRequest,
): Promise<Attempt> {
  call.cost.attempts++;
  try {
    return await transport.attempt({
      method,
      target: path + queryString(query),
      key: call.caller.key,
      body,
      timeoutMs: Math.ceil(Math.min(upstreamTimeoutMs, timeLeft(call))),
      ...(method === 'GET' && { signal: call.signal }),
    });
  } catch (error) {
    if (call.signal.aborted) throw failure.cancelled(false);
    throw error;
  }
}

const timeLeft = (call: Call) => call.deadline - performance.now();
