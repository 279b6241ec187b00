import type { RedisHealthMonitor } from '../storage/redis/health-monitor.ts';
import type { LimitStore, Reservation, SlotSnapshot } from './limit-store.ts';
import type { MemoryStore } from './memory-store.ts';

/**
 * Limits in Redis, and in this process while Redis is lost: no call fails because Redis did.
 *
 * Memory also counts what Redis grants this process, and this process' share of what each bucket has left. So when Redis
 * is lost, counting continues where it was, without what other replicas have used. When Redis is back, possibly empty, it
 * gets this process' slots and pauses.
 */
export class FailoverStore implements LimitStore {
  readonly #redis: LimitStore;
  readonly #memory: MemoryStore;
  readonly #health: Pick<RedisHealthMonitor, 'use'>;
  readonly #deliveryAllowanceMs: number;
  readonly #replicas: number;

  constructor(
    redis: LimitStore,
    memory: MemoryStore,
    health: Pick<RedisHealthMonitor, 'use' | 'addResyncSource'>,
    { deliveryAllowanceMs, replicas }: { deliveryAllowanceMs: number; replicas: number },
  ) {
    this.#redis = redis;
    this.#memory = memory;
    this.#health = health;
    this.#deliveryAllowanceMs = deliveryAllowanceMs;
    this.#replicas = replicas;
    health.addResyncSource({ resync: () => this.#resync() });
  }

  async reserve(bucket: string, queue: string, maxWaitMs: number): Promise<Reservation> {
    const reservation = await this.#ask(() => this.#redis.reserve(bucket, queue, maxWaitMs));
    if (!reservation) return this.#memory.reserve(bucket, queue, maxWaitMs);
    if (reservation.granted) await this.#countInMemory(bucket, reservation.ticket, reservation.waitMs);
    this.onUsage(bucket, reservation.bucketLeft);
    return reservation;
  }

  /** Called with what a bucket has left, when this or another replica has used it. */
  onUsage(bucket: string, left: number): void {
    this.#memory.capRemaining(bucket, Math.floor(left / this.#replicas));
  }

  async remainingWait(bucket: string, ticket: string): Promise<number | undefined> {
    const waitMs = await this.#ask(() => this.#redis.remainingWait(bucket, ticket));
    // Redis is lost, or came back without the ticket.
    if (waitMs === undefined) return this.#memory.remainingWait(bucket, ticket);
    await this.#countInMemory(bucket, ticket, waitMs);
    return waitMs;
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

  async slotsOf(bucket: string, key: string): Promise<SlotSnapshot[]> {
    return (await this.#ask(() => this.#redis.slotsOf(bucket, key))) ?? this.#memory.slotsOf(bucket, key);
  }

  importSlots(bucket: string, slots: SlotSnapshot[]): Promise<void> {
    return this.#inBoth(store => store.importSlots(bucket, slots));
  }

  /** Undefined while Redis is lost. A reply that comes after its timeout has no effect here. */
  #ask<Reply>(command: () => Promise<Reply>): Promise<Reply | undefined> {
    return this.#health.use<Reply | undefined>(command, async () => undefined);
  }

  async #inBoth(act: (store: LimitStore) => Promise<void>): Promise<void> {
    await act(this.#memory);
    await this.#ask(() => act(this.#redis));
  }

  #countInMemory(bucket: string, ticket: string, waitMs: number): Promise<void> {
    return this.#memory.importSlots(bucket, [{ ticket, countedInMs: waitMs + this.#deliveryAllowanceMs }]);
  }

  async #resync(): Promise<void> {
    for (const { bucket, pausedMs, slots } of this.#memory.snapshots()) {
      if (slots.length > 0) await this.#redis.importSlots(bucket, slots);
      if (pausedMs > 0) await this.#redis.pause(bucket, pausedMs);
    }
  }
}
