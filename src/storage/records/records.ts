/**
 * A key–value store of short strings with a TTL, shared by all replicas. One contract with implementations in memory and
 * in Redis. Names hold hashes, never a key or a customer's text.
 */
export interface Records {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string, ttlMs: number): Promise<void>;
  /**
   * Sets a value unless the name has one, atomically; returns the existing value. `value` must be unique, by an id in it:
   * an existing value equal to it counts as this caller's own earlier attempt.
   */
  setIfAbsent(name: string, value: string, ttlMs: number): Promise<string | undefined>;
  /** With a value: deletes the record only if it still has that value. */
  delete(name: string, value?: string): Promise<void>;
  /**
   * Appends a line (without a line feed) to a journal, atomically. Past `MAX_JOURNAL_LENGTH` the oldest lines are dropped
   * and the first line is `TRIMMED`. A retry after a lost reply of Redis may append the line twice.
   */
  append(name: string, line: string, ttlMs: number): Promise<void>;
}

/** Characters. */
export const MAX_JOURNAL_LENGTH = 32_000;
export const TRIMMED = 'trimmed';

export const linesOf = (journal: string) => journal.split('\n');
