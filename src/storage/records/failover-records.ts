import { LRUCache } from 'lru-cache';
import type { RedisHealthMonitor } from '../redis/health-monitor.ts';
import { MAX_RECORDS, type MemoryRecords } from './memory-records.ts';
import { type FoundRecord, type Records, TRIMMED } from './records.ts';

/** In place of an answer. */
const LOST = Symbol('Redis is lost');

/** What Redis was not told because it was lost, of one name. */
interface Missed {
  /** What it may have of this process from before. */
  had: string | undefined;
  /** `added`: only if nobody else has something there. `deleted`: whatever is there. */
  change: 'set' | 'added' | 'deleted' | 'deleted own';
}

/**
 * Records in Redis, and in this process while Redis is lost. What this process set it also keeps in memory, and tells
 * Redis when it is back: a Redis that comes back empty must not make it forget what it has written. Other replicas may have
 * had Redis all the while: what they set is neither replaced by what was only begun here, nor deleted.
 */
export class FailoverRecords implements Records {
  readonly #redis: Records;
  readonly #memory: MemoryRecords;
  readonly #health: RedisHealthMonitor;
  /** No more than memory holds itself, however long Redis is lost. */
  readonly #missed = new LRUCache<string, Missed>({ max: MAX_RECORDS });

  constructor(redis: Records, memory: MemoryRecords, health: RedisHealthMonitor) {
    this.#redis = redis;
    this.#memory = memory;
    this.#health = health;
    health.whenBack({ tell: () => this.#tellRedis(), hasMore: () => this.#missed.size > 0 });
  }

  get(name: string): Promise<string | undefined> {
    return this.#health.use(
      () => this.#redis.get(name),
      () => this.#memory.get(name),
    );
  }

  async set(name: string, value: string, ttlMs: number): Promise<void> {
    const had = await this.#memory.get(name);
    await this.#memory.set(name, value, ttlMs);
    await this.#tell(name, { had, change: 'set' }, () => this.#redis.set(name, value, ttlMs));
  }

  async delete(name: string, value?: string): Promise<void> {
    const had = await this.#memory.get(name);
    await this.#memory.delete(name, value);
    const missed: Missed =
      value === undefined ? { had, change: 'deleted' } : { had: value, change: 'deleted own' };
    await this.#health.use(
      () => this.#redis.delete(name, value),
      async () => {
        // What is there by now is another one's, and Redis is told of that.
        const isKept = value !== undefined && had !== value && this.#missed.has(name);
        if (!isKept) this.#miss(name, missed);
      },
    );
  }

  /** Others append to it as well: without Redis it has lost lines, and so it has in Redis afterwards. */
  async append(name: string, line: string, ttlMs: number): Promise<string[]> {
    await this.#memory.set(name, TRIMMED, ttlMs);
    return this.#health.use(
      () => this.#redis.append(name, line, ttlMs),
      async () => {
        this.#miss(name, { had: undefined, change: 'set' });
        return [TRIMMED];
      },
    );
  }

  async setIfAbsent(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined> {
    const answer = await this.#health.use<FoundRecord | typeof LOST | undefined>(
      () => this.#redis.setIfAbsent(name, value, ttlMs),
      async () => LOST,
    );
    return answer === LOST ? this.#addHere(name, value, ttlMs) : this.#alsoHere(answer, name, value, ttlMs);
  }

  async #alsoHere(found: FoundRecord | undefined, name: string, value: string, ttlMs: number) {
    // What was set by an attempt whose answer was lost is there already, and is ours.
    if (found && found.value !== value) return found;
    const own = await this.#memory.setIfAbsent(name, value, ttlMs);
    if (!own || own.value === value) return undefined;
    const missed: Missed = { had: own.value, change: 'set' };
    await this.#tell(name, missed, () => this.#redis.set(name, own.value, own.ttlMs));
    return own;
  }

  async #addHere(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined> {
    const own = await this.#memory.setIfAbsent(name, value, ttlMs);
    // Redis has it already where only the answer to the attempt was lost.
    if (!own) this.#miss(name, { had: value, change: 'added' });
    return own;
  }

  async #tell(name: string, missed: Missed, tell: () => Promise<void>): Promise<void> {
    await this.#health.use(tell, async () => this.#miss(name, missed));
  }

  #miss(name: string, { had, change }: Missed): void {
    this.#missed.set(name, { had: this.#missed.get(name)?.had ?? had, change });
  }

  async #tellRedis(): Promise<void> {
    const kept = this.#memory.names().filter(name => !this.#missed.has(name));
    await Promise.all(kept.map(name => this.#tellKept(name)));
    await this.#tellAllMissed();
  }

  /** What is missed meanwhile is told with the next round: calls go on. */
  async #tellAllMissed(): Promise<void> {
    for (const name of [...this.#missed.keys()]) {
      const missed = this.#missed.get(name);
      if (!missed) continue;
      this.#missed.delete(name);
      await this.#tellMissed(name, missed).catch(error => {
        // What came meanwhile is later.
        if (!this.#missed.has(name)) this.#missed.set(name, missed);
        throw error;
      });
    }
  }

  async #tellMissed(name: string, { had, change }: Missed): Promise<void> {
    const own = this.#memory.find(name);
    if (own && change === 'set') return this.#redis.set(name, own.value, own.ttlMs);
    if (change === 'deleted') await this.#redis.delete(name);
    else if (had !== undefined && had !== own?.value) await this.#redis.delete(name, had);
    if (own) await this.#redis.setIfAbsent(name, own.value, own.ttlMs);
    return undefined;
  }

  /**
   * Redis may have come back without it; if it has it, it knows as much, or more by another replica. Of a journal it may have
   * lines from after it came back alone.
   */
  async #tellKept(name: string): Promise<void> {
    const own = this.#memory.find(name);
    if (own?.value === TRIMMED) await this.#redis.set(name, TRIMMED, own.ttlMs);
    else if (own) await this.#redis.setIfAbsent(name, own.value, own.ttlMs);
  }
}
