import { LRUCache } from 'lru-cache';
import type { RedisHealthMonitor } from '../redis/health-monitor.ts';
import { MAX_RECORDS, type MemoryRecords } from './memory-records.ts';
import { type Records, TRIMMED } from './records.ts';

const LOST = Symbol('Redis is lost');

/** What Redis missed of one name. */
interface Missed {
  /**
   * The values that this process deleted; undefined for any. At most two: what Redis had before, and the latest one, which a
   * resync in progress may have set.
   */
  deleted?: (string | undefined)[];
  /** This process then set a value that replaces any other replica's. */
  isSet?: boolean;
}

/**
 * Records in Redis, and in this process while Redis is lost. Memory also keeps what this process sets in Redis, for the
 * resync: a Redis that comes back empty must not forget a write. Other replicas may have had Redis meanwhile: the resync
 * neither replaces nor deletes their values for a write that was only begun here.
 */
export class FailoverRecords implements Records {
  readonly #redis: Records;
  readonly #memory: MemoryRecords;
  readonly #health: RedisHealthMonitor;
  /** Bounded like memory, however long Redis is lost. */
  readonly #missed = new LRUCache<string, Missed>({ max: MAX_RECORDS });

  constructor(redis: Records, memory: MemoryRecords, health: RedisHealthMonitor) {
    this.#redis = redis;
    this.#memory = memory;
    this.#health = health;
    health.addResyncSource({ resync: () => this.#resync(), hasMore: () => this.#missed.size > 0 });
  }

  get(name: string): Promise<string | undefined> {
    return this.#health.use(
      () => this.#redis.get(name),
      () => this.#memory.get(name),
    );
  }

  async set(name: string, value: string, ttlMs: number): Promise<void> {
    await this.#memory.set(name, value, ttlMs);
    await this.#health.use(
      () => this.#redis.set(name, value, ttlMs),
      async () => {
        this.#missed.set(name, { isSet: true });
      },
    );
  }

  async delete(name: string, value?: string): Promise<void> {
    await this.#memory.delete(name, value);
    await this.#health.use(
      () => this.#redis.delete(name, value),
      async () => {
        const before = this.#missed.get(name);
        // Memory keeps a value that has replaced the one to delete.
        if (before && this.#memory.find(name)) return;
        this.#missed.set(name, { deleted: [...(before?.deleted?.slice(0, 1) ?? []), value] });
      },
    );
  }

  /** Other replicas append to the journal too: without Redis it lacks their lines, and in Redis it lacks this one. */
  async append(name: string, line: string, ttlMs: number): Promise<void> {
    await this.#memory.set(name, TRIMMED, ttlMs);
    await this.#health.use(
      () => this.#redis.append(name, line, ttlMs),
      async () => {
        this.#missed.set(name, { isSet: true });
      },
    );
  }

  async setIfAbsent(name: string, value: string, ttlMs: number): Promise<string | undefined> {
    const found = await this.#health.use<string | typeof LOST | undefined>(
      () => this.#redis.setIfAbsent(name, value, ttlMs),
      async () => LOST,
    );
    // An equal value was set by an attempt of this call whose reply was lost.
    if (typeof found === 'string' && found !== value) return found;
    const own = this.#memory.find(name);
    if (!own) await this.#memory.set(name, value, ttlMs);
    if (!own && found === LOST) this.#missed.set(name, { ...this.#missed.get(name) });
    if (!own || own.value === value) return undefined;
    // Redis has forgotten this process's own record, by an eviction or FLUSHALL.
    if (found !== LOST) await this.set(name, own.value, own.ttlMs);
    return own.value;
  }

  async #resync(): Promise<void> {
    const names = new Set([...this.#memory.names(), ...this.#missed.keys()]);
    await Promise.all([...names].map(name => this.#resyncName(name)));
  }

  async #resyncName(name: string): Promise<void> {
    const missed = this.#missed.get(name);
    const own = this.#memory.find(name);
    if (own && (missed?.isSet || own.value === TRIMMED)) {
      await this.#redis.set(name, own.value, own.ttlMs);
    } else {
      for (const value of missed?.deleted ?? []) await this.#redis.delete(name, value);
      if (own) await this.#redis.setIfAbsent(name, own.value, own.ttlMs);
    }
    // A change made meanwhile stays for the next round.
    if (this.#missed.get(name) === missed) this.#missed.delete(name);
  }
}
