/**
 * Where slots in time are kept. One contract, two stores (memory, Redis), one test suite for both.
 *
 * A bucket (a hashed key) gets at most `limit` slots in ANY `windowMs`. A reservation takes the earliest
 * slot that keeps this true and is not before anyone who is already waiting: first come, first served.
 */
export interface LimitStore {
  /** Takes a slot for `ticket`, unless it would start more than `maxWaitMs` from now. */
  reserve(bucket: string, ticket: string, maxWaitMs: number): Promise<Reservation>;
  /**
   * Milliseconds until the ticket's slot, which a pause may have moved; 0 when it has come.
   * Undefined when this store does not know the ticket: it was given out by another one, or is long gone.
   */
  waitLeft(bucket: string, ticket: string): Promise<number | undefined>;
  /** Gives back a slot that will not be used. */
  release(bucket: string, ticket: string): Promise<void>;
  /** Nobody in this bucket goes before `ms` from now; those waiting move back together, in order. */
  pause(bucket: string, ms: number): Promise<void>;
}

export type Reservation = { granted: true; waitMs: number } | { granted: false; retryAfterMs: number };

export interface LimitOptions {
  limit: number;
  windowMs: number;
}
