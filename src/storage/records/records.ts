/**
 * Small texts under a name, forgotten after a while, the same for every replica. One contract, two kinds (memory,
 * Redis). Names hold hashes, never a key or a text of a customer.
 */
export interface Records {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string, ttlMs: number): Promise<void>;
  /**
   * Sets what is not there yet, atomically. Answers what is there already, and how long it still will be. The value must
   * be the caller's own, with an id in it: what is there and equal to it is taken for its own earlier attempt.
   */
  setIfAbsent(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined>;
  /** With a value: only what is still this value, and so is not of somebody else by now. */
  delete(name: string, value?: string): Promise<void>;
  /**
   * Appends a line to a journal, atomically, and returns the lines that it holds then, oldest first. Of a journal longer
   * than `MAX_JOURNAL_LENGTH` the oldest lines are dropped, and `TRIMMED` is its first. A line may be there twice when an
   * answer of Redis was lost. `line`: no line feed.
   */
  append(name: string, line: string, ttlMs: number): Promise<string[]>;
}

export interface FoundRecord {
  value: string;
  ttlMs: number;
}

/** Characters. */
export const MAX_JOURNAL_LENGTH = 32_000;
export const TRIMMED = 'trimmed';

/** A journal is kept as a text. */
export const linesOf = (journal: string) => journal.split('\n');
