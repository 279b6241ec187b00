import { randomUUID } from 'node:crypto';

/**
 * Stores the slots in which requests may leave for Partoo. A slot is one request's place in time, named by its ticket.
 * One contract with implementations in memory and in Redis, and one test suite for both.
 *
 * A bucket is what Partoo limits: an organization, or a key whose organization is not known. A key is the hash of the
 * caller's key. In ANY `windowMs` a bucket gets at most `limit` requests, and each of its keys at most `keyLimit`.
 *
 * A queue is a key, or `{key}.{person}` for one of the people who share it: they take turns, within one limit of the key.
 */
export interface LimitStore {
  /**
   * Takes the earliest free slot, unless it is more than `maxWaitMs` away. The waiting calls of one queue keep their
   * order; different queues take turns (schedule.ts).
   */
  reserve(bucket: string, queue: string, maxWaitMs: number): Promise<Reservation>;
  /**
   * Returns the milliseconds until the ticket's slot, which other queues, pauses and releases may have moved; 0 to go
   * now. Undefined for a ticket that this store does not know.
   */
  remainingWait(bucket: string, ticket: string): Promise<number | undefined>;
  /** Called once when the response has arrived, `afterMs` after its slot: Partoo has counted it by now, at the latest. */
  settle(bucket: string, ticket: string, afterMs: number): Promise<void>;
  /** Gives back a slot that will not be used; later slots move up. */
  release(bucket: string, ticket: string): Promise<void>;
  /** Blocks the bucket for `ms`; waiting calls move back, in order. */
  pause(bucket: string, ms: number): Promise<void>;
  /** Returns the slots of a key, in all its queues, that still count, including those it waits for. */
  slotsOf(bucket: string, key: string): Promise<SlotSnapshot[]>;
  /** Adds slots that another store or bucket granted. A known ticket moves to the given time. */
  importSlots(bucket: string, slots: SlotSnapshot[]): Promise<void>;
}

export type Reservation = {
  /** Requests that the bucket has left in this window, for all keys. */
  bucketLeft: number;
} & (
  | {
      granted: true;
      /** `{arrival number}:{queue}:{random suffix}`. */
      ticket: string;
      waitMs: number;
      /** Requests left in this window for the bucket, or for the key if that is less. */
      remaining: number;
    }
  | {
      granted: false;
      /** How far away the slot would have been. */
      waitMs: number;
      /** How much of that is a pause which Partoo asked for. */
      pausedMs: number;
    }
);

/** 48 random bits for a ticket. Node generates UUIDs in batches, but random bytes with one system call each. */
export const randomSuffix = () => randomUUID().slice(-12);

export interface SlotSnapshot {
  ticket: string;
  /** Milliseconds from now until Partoo has certainly counted the request; negative for the past. */
  countedInMs: number;
}

export interface LimitRules {
  /** Requests per window of a bucket. */
  limit: number;
  /** Requests per window of one key. */
  keyLimit: number;
  windowMs: number;
  /**
   * Partoo counts a request at some time between its departure and its response. Until the response arrives, this long
   * is assumed, of which a quarter may pass before the request leaves.
   */
  deliveryAllowanceMs: number;
  /** Calls of one queue that may wait in a bucket. */
  maxWaiting: number;
}
