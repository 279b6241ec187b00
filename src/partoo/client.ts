import { setTimeout as sleep } from 'node:timers/promises';
import type { Limiter } from '../limits/limiter.ts';
import { type Businesses, businesses } from './businesses.ts';
import { failure } from './failure.ts';
import { type Messages, messages } from './messages.ts';
import { type Posts, posts } from './posts.ts';
import { type PresenceAnalytics, presenceAnalytics } from './presence-analytics.ts';
import { queryString } from './query.ts';
import type { PartooRequest, Send } from './request.ts';
import { askedToWaitMs, isInDoubt, isTooMany, retryDelayMs } from './retry.ts';
import { type Reviews, reviews } from './reviews.ts';
import type { Attempt, Transport } from './transport.ts';

/** Partoo's documented `Retry-After`, for a 429 that does not carry one. */
const DEFAULT_RETRY_AFTER_MS = 60_000;

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
export interface Partoo {
  businesses: Businesses;
  reviews: Reviews;
  messages: Messages;
  posts: Posts;
  presenceAnalytics: PresenceAnalytics;
}

export interface PartooOptions {
  transport: Transport;
  limiter: Limiter;
  upstreamTimeoutMs: number;
  maxWaitMs: number;
}

export type OpenPartoo = (call: Call) => Partoo;

export function createPartoo(options: PartooOptions): OpenPartoo {
  return call => {
    const send: Send = request => sendUntilDone(options, call, request);
    return {
      businesses: businesses(send),
      reviews: reviews(send),
      messages: messages(send),
      posts: posts(send),
      presenceAnalytics: presenceAnalytics(send),
    };
  };
}

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
    if (isTooMany(attempt)) {
      await options.limiter.pause(call.caller.keyHash, askedToWaitMs(attempt) ?? DEFAULT_RETRY_AFTER_MS);
    }
    const delay = retryDelayMs({ attempt, number, repeatable, timeLeftMs: timeLeft(call) });
    if (delay === undefined) throw failure.ofAttempt(attempt, mayHaveHappened);
    await sleep(delay, undefined, { signal: call.signal }).catch(() => {
      throw failure.cancelled(mayHaveHappened);
    });
  }
}

async function waitTurn({ limiter, maxWaitMs }: PartooOptions, call: Call, mayHaveHappened: boolean) {
  const budget = Math.floor(Math.min(maxWaitMs - call.cost.waitedMs, timeLeft(call)));
  const admission = await limiter
    .acquire(call.caller.keyHash, {
      maxWaitMs: Math.max(0, budget),
      signal: call.signal,
      onWait: call.onWait,
    })
    .catch(error => {
      throw call.signal.aborted ? failure.cancelled(mayHaveHappened) : error;
    });
  if (!admission.granted) throw failure.rateLimited(admission.retryAfterMs, mayHaveHappened);
  call.cost.waitedMs += admission.waitedMs;
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
