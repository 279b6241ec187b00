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
  add(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined>;
  delete(name: string): Promise<void>;
  /** As `add`, for what must not happen in two replicas at once: worth some seconds of waiting for a restart. */
  addPatiently(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined>;
}

export interface FoundRecord {
  value: string;
  ttlMs: number;
}
