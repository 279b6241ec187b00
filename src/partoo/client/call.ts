import type { Caller } from '../../core/caller.ts';
import type { PartooHooks } from './hooks.ts';

/** What a call has cost so far, for the log and for the caller. */
export interface CallStats {
  attempts: number;
  waitedMs: number;
  /** Requests left of the minute, when it was last asked. */
  remaining?: number;
}

/** What a call has learnt of time, to tell what came before it from what came of it. */
export interface Clock {
  /** When its first request was sent: epoch milliseconds by this machine. */
  sentAt?: number;
  /** How far Partoo's clock is ahead of this machine's, in milliseconds, by its latest answer. */
  aheadMs?: number;
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
  stats: CallStats;
  /** Whether a write may still be sent once more: not when a later one has changed the same. */
  mayRepeat?: () => Promise<boolean>;
  /** Filled in. */
  clock?: Clock;
  hooks: PartooHooks;
  /** What takes turns in a bucket with its keys; the caller's key without it. */
  queue?: string;
  /** Whether reads must show what is there now: no answer from the cache, none that another call is waiting for. */
  fresh?: boolean;
}

/** Milliseconds; below zero when it is over. */
export const timeLeft = (call: Call) => call.deadline - performance.now();
