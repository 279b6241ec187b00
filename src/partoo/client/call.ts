import type { Caller } from '../../core/caller.ts';
import { NO_PARTOO_HOOKS, type PartooHooks } from './hooks.ts';

/** The cost of a call so far, for the log and the caller. */
export interface CallStats {
  attempts: number;
  waitedMs: number;
  /** Requests left of the minute, when it was last asked. */
  remaining?: number;
}

/** Moments that tell what existed at Partoo before a call's write from what the write made. */
export interface RequestTiming {
  /** When this call first sent a request: epoch milliseconds on this machine's clock. */
  firstSentAt?: number;
  /** How far Partoo's clock is ahead of this machine's, in milliseconds, by its latest response. */
  partooAheadMs?: number;
}

/** One call of a caller, which may send several requests to Partoo. */
export interface Call {
  caller: Caller;
  /** On the clock of `performance.now()`. */
  deadline: number;
  /** Aborted when the client disconnects. */
  signal: AbortSignal;
  /** Called with the milliseconds still to wait for Partoo's rate limit. */
  onWait?: (waitMs: number) => void;
  /** Filled in. */
  stats: CallStats;
  /** Filled in. */
  timing?: RequestTiming;
  hooks: PartooHooks;
  /** Whether a write may still be sent again: no longer once a later write has changed the same thing. */
  mayRetryWrite?: () => Promise<boolean>;
  /** The queue of the limiter that the call's requests wait in; the caller's own by default. */
  limiterQueue?: string;
  /** Reads must show the present state, so they do not share a response with reads that started earlier. */
  bypassCoalescing?: boolean;
}

/** A call that belongs to no tool call, such as a check of the key: no metric counts it and no trace shows it. */
export const untrackedCall = (
  caller: Caller,
  deadlineMs: number,
  signal = new AbortController().signal,
): Call => ({
  caller,
  deadline: performance.now() + deadlineMs,
  signal,
  stats: { attempts: 0, waitedMs: 0 },
  hooks: NO_PARTOO_HOOKS,
});

/** Milliseconds until the deadline; negative after it. */
export const timeLeft = (call: Call) => call.deadline - performance.now();
