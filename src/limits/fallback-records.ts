import type { MemoryRecords } from './memory-records.ts';
import type { FoundRecord, Records } from './records.ts';
import type { RedisWatch } from './redis-watch.ts';

/**
 * Records in Redis, and in this process while Redis is lost. What this process set it also keeps in memory, and tells
 * Redis when it is back: a Redis that comes back empty must not make it forget what it has written.
 */
export class FallbackRecords implements Records {
  readonly #redis: Records;
  readonly #memory: MemoryRecords;
  readonly #watch: RedisWatch;
  /** What Redis was not told because it was lost. */
  readonly #missed = new Set<string>();

  constructor(redis: Records, memory: MemoryRecords, watch: RedisWatch) {
    this.#redis = redis;
    this.#memory = memory;
    this.#watch = watch;
    watch.whenBack(() => this.#tellRedis());
  }

  get(name: string): Promise<string | undefined> {
    return this.#watch.use(
      () => this.#redis.get(name),
      () => this.#memory.get(name),
    );
  }

  async set(name: string, value: string, ttlMs: number): Promise<void> {
    await this.#memory.set(name, value, ttlMs);
    await this.#tell(name, () => this.#redis.set(name, value, ttlMs));
  }

  async delete(name: string): Promise<void> {
    await this.#memory.delete(name);
    await this.#tell(name, () => this.#redis.delete(name));
  }

  add(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined> {
    return this.#watch.use(
      () => this.#addToRedis(name, value, ttlMs),
      () => this.#addHere(name, value, ttlMs),
    );
  }

  async addPatiently(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined> {
    await this.#watch.restarted();
    if (this.#watch.lost) return this.#addHere(name, value, ttlMs);
    return this.#watch.use(
      () => this.#addToRedis(name, value, ttlMs),
      () => this.addPatiently(name, value, ttlMs),
    );
  }

  async #addToRedis(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined> {
    const found = await this.#redis.add(name, value, ttlMs);
    // What was set by an attempt whose answer was lost is there already, and is ours.
    if (found && found.value !== value) return found;
    const own = await this.#memory.add(name, value, ttlMs);
    if (own) await this.#redis.set(name, own.value, own.ttlMs);
    return own;
  }

  async #addHere(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined> {
    const own = await this.#memory.add(name, value, ttlMs);
    if (!own) this.#missed.add(name);
    return own;
  }

  async #tell(name: string, tell: () => Promise<void>): Promise<void> {
    await this.#watch.use(tell, async () => {
      this.#missed.add(name);
    });
  }

  async #tellRedis(): Promise<void> {
    const missed = [...this.#missed];
    const kept = this.#memory.names().filter(name => !this.#missed.has(name));
    await Promise.all([
      ...missed.map(name => this.#tellMissed(name)),
      ...kept.map(name => this.#tellKept(name)),
    ]);
    for (const name of missed) this.#missed.delete(name);
  }

  async #tellMissed(name: string): Promise<void> {
    const own = this.#memory.find(name);
    if (own) await this.#redis.set(name, own.value, own.ttlMs);
    else await this.#redis.delete(name);
  }

  /** Redis may have come back without it; if it has it, it knows as much, or more by another replica. */
  async #tellKept(name: string): Promise<void> {
    const own = this.#memory.find(name);
    if (own) await this.#redis.add(name, own.value, own.ttlMs);
  }
}
