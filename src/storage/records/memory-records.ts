import { LRUCache } from 'lru-cache';
import { linesOf, MAX_JOURNAL_LENGTH, type Records, TRIMMED } from './records.ts';

/** More than a process writes within their TTL. Beyond it the least recently used go. */
export const MAX_RECORDS = 20_000;

/** Records of this process only: for a single replica, and while Redis is lost. */
export class MemoryRecords implements Records {
  // Purged when they expire, not when next read: they hold results of tools.
  readonly #values = new LRUCache<string, string>({ max: MAX_RECORDS, ttlAutopurge: true });

  get size(): number {
    return this.#values.size;
  }

  async get(name: string): Promise<string | undefined> {
    return this.#values.get(name);
  }

  async set(name: string, value: string, ttlMs: number): Promise<void> {
    this.#values.set(name, value, { ttl: ttlMs });
  }

  async setIfAbsent(name: string, value: string, ttlMs: number): Promise<string | undefined> {
    const found = this.#values.get(name);
    if (found === undefined) this.#values.set(name, value, { ttl: ttlMs });
    return found;
  }

  async delete(name: string, value?: string): Promise<void> {
    if (value === undefined || this.#values.get(name) === value) this.#values.delete(name);
  }

  async append(name: string, line: string, ttlMs: number): Promise<void> {
    const before = this.#values.get(name);
    const lines = [...(before === undefined ? [] : linesOf(before)), line];
    let length = lines.join('\n').length;
    const isLong = length > MAX_JOURNAL_LENGTH;
    while (length > MAX_JOURNAL_LENGTH && lines.length > 1) length -= (lines.shift() as string).length + 1;
    if (isLong) lines.unshift(TRIMMED);
    this.#values.set(name, lines.join('\n'), { ttl: ttlMs });
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  find(name: string): { value: string; ttlMs: number } | undefined {
    const value = this.#values.get(name);
    return value === undefined ? undefined : { value, ttlMs: this.#values.getRemainingTTL(name) };
  }
}
