import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 10_000;

/** Counts what each address does in a minute, and what all do together. In memory: each replica counts for itself. */
export class MinuteBudget {
  readonly #perAddress: number;
  readonly #total: number;
  readonly #counts = new LRUCache<string, number>({ max: MAX_ADDRESSES });
  #all = 0;
  #windowEnd = 0;

  constructor({ perAddress, total }: { perAddress: number; total: number }) {
    this.#perAddress = perAddress;
    this.#total = total;
  }

  /** Counts one more; returns false beyond the budget. */
  take(address: string): boolean {
    const now = performance.now();
    if (now >= this.#windowEnd) {
      this.#windowEnd = now + WINDOW_MS;
      this.#counts.clear();
      this.#all = 0;
    }
    const count = this.#counts.get(address) ?? 0;
    if (count >= this.#perAddress || this.#all >= this.#total) return false;
    this.#counts.set(address, count + 1);
    this.#all++;
    return true;
  }
}
