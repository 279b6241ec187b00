import { randomUUID } from 'node:crypto';

/**
 * Where the moments are kept at which requests may leave for Partoo. One contract, two stores (memory, Redis),
 * one test suite for both.
 *
 * A bucket is what Partoo counts: an organization, or a key whose organization is not known. A key is whose call
 * it is, hashed. In ANY `windowMs` a bucket gets at most `limit` requests and each of its keys at most `keyLimit`.
 */
export interface LimitStore {
  /**
   * Takes the earliest slot that is free, unless it is more than `maxWaitMs` away.
   * The order of those who wait: the calls of one key go as they came; different keys take turns (schedule.ts).
   */
  reserve(bucket: string, key: string, maxWaitMs: number): Promise<Reservation>;
  /**
   * Milliseconds until the ticket's turn, which other keys, pauses and returned slots may have moved. 0: go now.
   * Undefined when this store does not know the ticket.
   */
  turn(bucket: string, ticket: string): Promise<number | undefined>;
  /** The request was answered, `afterMs` after its moment: Partoo has counted it by now, and not later. Once a ticket. */
  settle(bucket: string, ticket: string, afterMs: number): Promise<void>;
  /** Gives back a slot that will not be used; those behind it move up. */
  release(bucket: string, ticket: string): Promise<void>;
  /** Nobody in this bucket goes before `ms` from now; those waiting move back, in order. */
  pause(bucket: string, ms: number): Promise<void>;
  /** The slots of a key that still count, and those it waits for. */
  slotsOf(bucket: string, key: string): Promise<NotedSlot[]>;
  /** Takes over slots that were given out elsewhere. One that is known moves to the moment told. */
  note(bucket: string, slots: NotedSlot[]): Promise<void>;
}

export type Reservation = {
  /** Requests the bucket has left in this window, whatever each of its keys may use of them. */
  bucketLeft: number;
} & (
  | {
      granted: true;
      /** Names the slot: `{order of arrival}:{key}:{chance}`. */
      ticket: string;
      waitMs: number;
      /** Requests the bucket (or the key, if that is less) has left in this window. */
      remaining: number;
    }
  | {
      granted: false;
      /** When the slot would have been. */
      waitMs: number;
      /** How much of that Partoo itself asked for. */
      pausedMs: number;
    }
);

/** 48 bits for a ticket. Node draws UUIDs in stock, and single random bytes one system call at a time. */
export const chance = () => randomUUID().slice(-12);

export interface NotedSlot {
  ticket: string;
  /** Milliseconds from now until Partoo has certainly counted it; negative for the past. */
  countedInMs: number;
}

export interface LimitRules {
  /** Requests of a bucket in any window. */
  limit: number;
  /** Requests of one key in any window. */
  keyLimit: number;
  windowMs: number;
  /**
   * Partoo counts a request somewhere between its leaving and its answer. Until the answer says when at the latest,
   * this much after its moment is assumed, of which a quarter may go by before it leaves.
   */
  travelMs: number;
  /** How many calls of one key may wait in a bucket. */
  maxWaiting: number;
}
