import { LRUCache } from 'lru-cache';
import { linesOf, MAX_JOURNAL_LENGTH, type Records, TRIMMED } from './records.ts';

/** More than a process writes within their TTL. Beyond it the least recently used go. */
export const MAX_RECORDS = 20_000;

/** The longest time that a timer can be set to: almost 25 days. */
const MAX_TTL_MS = 2 ** 31 - 2;

/** Records of this process only: for a single replica, and while Redis is lost. */
export class MemoryRecords implements Records {
  readonly #values: LRUCache<string, string>;

  /** `maxCharacters`: of all values together. */
  constructor(maxCharacters?: number) {
    this.#values = new LRUCache({
      max: MAX_RECORDS,
      ...(maxCharacters !== undefined && { maxSize: maxCharacters, sizeCalculation: value => value.length }),
      // When they expire, not when next read: they hold results of tools.
      ttlAutopurge: true,
    });
  }

  get size(): number {
    return this.#values.size;
  }

  async get(name: string): Promise<string | undefined> {
    return this.#values.get(name);
  }

  async set(name: string, value: string, ttlMs: number): Promise<void> {
    this.#set(name, value, ttlMs);
  }

  async setIfAbsent(name: string, value: string, ttlMs: number): Promise<string | undefined> {
    const found = this.#values.get(name);
    if (found === undefined) this.#set(name, value, ttlMs);
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
    this.#set(name, lines.join('\n'), ttlMs);
  }

  #set(name: string, value: string, ttlMs: number): void {
    this.#values.set(name, value, { ttl: Math.min(ttlMs, MAX_TTL_MS) });
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  find(name: string): { value: string; ttlMs: number } | undefined {
    const value = this.#values.get(name);
    return value === undefined ? undefined : { value, ttlMs: this.#values.getRemainingTTL(name) };
  }
}
