import type { MemoryRecords } from './memory-records.ts';
import type { FoundRecord, Records } from './records.ts';
import type { RedisWatch } from './redis-watch.ts';

/** In place of an answer. */
const LOST = Symbol('Redis is lost');

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
    watch.whenBack({ tell: () => this.#tellRedis(), hasMore: () => this.#missed.size > 0 });
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

  async append(name: string, line: string, ttlMs: number): Promise<string[]> {
    const here = await this.#memory.append(name, line, ttlMs);
    return this.#watch.use(
      () => this.#redis.append(name, line, ttlMs),
      async () => {
        this.#missed.add(name);
        return here;
      },
    );
  }

  async add(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined> {
    const answer = await this.#askToAdd(name, value, ttlMs);
    return answer === LOST ? this.#addHere(name, value, ttlMs) : this.#alsoHere(answer, name, value, ttlMs);
  }

  async addPatiently(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined> {
    await this.#watch.restarted();
    if (this.#watch.lost) return this.#addHere(name, value, ttlMs);
    const answer = await this.#askToAdd(name, value, ttlMs);
    if (answer === LOST) return this.addPatiently(name, value, ttlMs);
    return this.#alsoHere(answer, name, value, ttlMs);
  }

  #askToAdd(name: string, value: string, ttlMs: number): Promise<FoundRecord | typeof LOST | undefined> {
    return this.#watch.use<FoundRecord | typeof LOST | undefined>(
      () => this.#redis.add(name, value, ttlMs),
      async () => LOST,
    );
  }

  async #alsoHere(found: FoundRecord | undefined, name: string, value: string, ttlMs: number) {
    // What was set by an attempt whose answer was lost is there already, and is ours.
    if (found && found.value !== value) return found;
    const own = await this.#memory.add(name, value, ttlMs);
    if (!own || own.value === value) return undefined;
    await this.#tell(name, () => this.#redis.set(name, own.value, own.ttlMs));
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
    const kept = this.#memory.names().filter(name => !this.#missed.has(name));
    await Promise.all(kept.map(name => this.#tellKept(name)));
    await this.#tellAllMissed();
  }

  /** Until there are no more: calls go on meanwhile. */
  async #tellAllMissed(): Promise<void> {
    for (const name of this.#missed) {
      this.#missed.delete(name);
      await this.#tellMissed(name).catch(error => {
        this.#missed.add(name);
        throw error;
      });
    }
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
