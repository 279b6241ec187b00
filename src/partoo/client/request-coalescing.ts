import type { CallStats } from './call.ts';

/** A read under way, for which several calls may wait. */
interface SharedRead {
  /** Undefined once it has settled. */
  result: Promise<unknown> | undefined;
  /** Those of the call that started it. */
  stats: CallStats;
}

/** Turns identical reads of a key at the same time into one request. Keeps no response. */
export class RequestCoalescing {
  readonly #reads = new Map<string, SharedRead>();

  find(keyHash: string, target: string): SharedRead | undefined {
    return this.#reads.get(`${keyHash} ${target}`);
  }

  add(keyHash: string, target: string, stats: CallStats, result: Promise<unknown>): SharedRead {
    const name = `${keyHash} ${target}`;
    const read: SharedRead = { result, stats };
    this.#reads.set(name, read);
    const settle = () => {
      if (this.#reads.get(name) === read) this.#reads.delete(name);
      // A map that changes all the time leaves old tables behind, deleted entries included. Until they are collected, each
      // entry would keep a whole response.
      read.result = undefined;
    };
    result.then(settle, settle);
    return read;
  }

  /** Keeps later calls from joining the current reads of this key. Called round a write, whose effect those reads may miss. */
  evict(keyHash: string): void {
    for (const name of this.#reads.keys()) if (name.startsWith(`${keyHash} `)) this.#reads.delete(name);
  }
}
