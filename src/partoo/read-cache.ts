import { createHash, randomUUID } from 'node:crypto';
import type { Records } from '../limits/records.ts';

/**
 * Answers to reads, kept for some seconds for the key that asked. A key that writes starts a new edition, and with it
 * nothing that was read before.
 */
export class ReadCache {
  readonly #records: Records;
  readonly #keepMs: number;

  constructor(records: Records, keepMs: number) {
    this.#records = records;
    this.#keepMs = keepMs;
  }

  async through(keyHash: string, target: string, read: () => Promise<unknown>): Promise<unknown> {
    if (this.#keepMs === 0) return read();
    // Before reading: what a write makes old meanwhile is kept in an edition that nobody opens any more.
    const edition = (await this.#records.get(editionName(keyHash))) ?? 'first';
    const hash = createHash('sha256').update(target).digest('hex');
    const name = `read:${keyHash}:${edition}:${hash}`;
    const kept = await this.#records.get(name);
    if (kept !== undefined) return JSON.parse(kept);
    const answer = await read();
    await this.#records.set(name, JSON.stringify(answer ?? null), this.#keepMs);
    return answer;
  }

  /** To be called before a write and after it: a read in between may have seen either. */
  async startEdition(keyHash: string): Promise<void> {
    if (this.#keepMs === 0) return;
    // Twice as long as what it must outlive.
    await this.#records.set(editionName(keyHash), randomUUID(), 2 * this.#keepMs);
  }
}

const editionName = (keyHash: string) => `edition:${keyHash}`;
