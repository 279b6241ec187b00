import type { RedisHealthMonitor } from '../storage/redis/health-monitor.ts';
import type { LimitStore, NotedSlot, Reservation } from './limit-store.ts';
import type { MemoryStore } from './memory-store.ts';

/**
 * Limits in Redis, and in this process while Redis is lost: no call fails because Redis did.
 *
 * What Redis gives out is noted in memory as well, so that this process starts counting where it was, and so is this
 * process' share of what the bucket has left: what others have used they do not get back by a loss. Memory is told to
 * Redis when it is back, which may have missed it or may have come back empty.
 */
export class FailoverStore implements LimitStore {
  readonly #redis: LimitStore;
  readonly #memory: MemoryStore;
  readonly #health: Pick<RedisHealthMonitor, 'use'>;
  readonly #travelMs: number;
  readonly #replicas: number;

  constructor(
    redis: LimitStore,
    memory: MemoryStore,
    health: Pick<RedisHealthMonitor, 'use' | 'addResyncSource'>,
    { travelMs, replicas }: { travelMs: number; replicas: number },
  ) {
    this.#redis = redis;
    this.#memory = memory;
    this.#health = health;
    this.#travelMs = travelMs;
    this.#replicas = replicas;
    health.addResyncSource({ resync: () => this.#tellRedis() });
  }

  async reserve(bucket: string, key: string, maxWaitMs: number): Promise<Reservation> {
    const reservation = await this.#ask(() => this.#redis.reserve(bucket, key, maxWaitMs));
    if (!reservation) return this.#memory.reserve(bucket, key, maxWaitMs);
    if (reservation.granted) await this.#noteHere(bucket, reservation.ticket, reservation.waitMs);
    this.hear(bucket, reservation.bucketLeft);
    return reservation;
  }

  /** Redis has told what a bucket has left, to this replica or to another. */
  hear(bucket: string, left: number): void {
    this.#memory.allow(bucket, Math.floor(left / this.#replicas));
  }

  async turn(bucket: string, ticket: string): Promise<number | undefined> {
    const left = await this.#ask(() => this.#redis.turn(bucket, ticket));
    // Lost, or back without it.
    if (left === undefined) return this.#memory.turn(bucket, ticket);
    await this.#noteHere(bucket, ticket, left);
    return left;
  }

  settle(bucket: string, ticket: string, afterMs: number): Promise<void> {
    return this.#inBoth(store => store.settle(bucket, ticket, afterMs));
  }

  release(bucket: string, ticket: string): Promise<void> {
    return this.#inBoth(store => store.release(bucket, ticket));
  }

  pause(bucket: string, ms: number): Promise<void> {
    return this.#inBoth(store => store.pause(bucket, ms));
  }

  async slotsOf(bucket: string, key: string): Promise<NotedSlot[]> {
    return (await this.#ask(() => this.#redis.slotsOf(bucket, key))) ?? this.#memory.slotsOf(bucket, key);
  }

  note(bucket: string, slots: NotedSlot[]): Promise<void> {
    return this.#inBoth(store => store.note(bucket, slots));
  }

  /** Undefined when Redis is lost. What an answer leads to comes after it: one that is late leads to nothing. */
  #ask<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    return this.#health.use<Answer | undefined>(ask, async () => undefined);
  }

  async #inBoth(tell: (store: LimitStore) => Promise<void>): Promise<void> {
    await tell(this.#memory);
    await this.#ask(() => tell(this.#redis));
  }

  #noteHere(bucket: string, ticket: string, leavesInMs: number): Promise<void> {
    return this.#memory.note(bucket, [{ ticket, countedInMs: leavesInMs + this.#travelMs }]);
  }

  async #tellRedis(): Promise<void> {
    for (const { bucket, pausedMs, slots } of this.#memory.contents()) {
      if (slots.length > 0) await this.#redis.note(bucket, slots);
      if (pausedMs > 0) await this.#redis.pause(bucket, pausedMs);
    }
  }
}
