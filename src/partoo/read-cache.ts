import { createHash, randomUUID } from 'node:crypto';
import type { Records } from '../limits/records.ts';
import { seal, unseal } from '../limits/sealed.ts';
import type { Caller } from './call.ts';

/** What is larger is rare, and would fill the Redis that limits are kept in. */
const MAX_KEPT_LENGTH = 256 * 1024;

export interface ReadCacheOptions {
  answers: Pick<Records, 'get' | 'set'>;
  /** Told to Redis later when it is lost: a write must not be forgotten by what was read before it. */
  editions: Pick<Records, 'get' | 'set'>;
  keepMs: number;
  /** The longest a read takes. */
  deadlineMs: number;
}

/**
 * Answers to reads, kept for some seconds for the key that asked. A key that writes starts a new edition, and with it
 * nothing that was read before.
 */
export class ReadCache {
  readonly #options: ReadCacheOptions;

  constructor(options: ReadCacheOptions) {
    this.#options = options;
  }

  async through(caller: Caller, target: string, read: () => Promise<unknown>): Promise<unknown> {
    const { answers, editions, keepMs } = this.#options;
    const { keyHash } = caller;
    const sealingKey = caller.sealingKey();
    // Before reading: what a write makes old meanwhile is kept in an edition that nobody opens any more.
    const edition = (await editions.get(editionName(keyHash))) ?? 'first';
    const hash = createHash('sha256').update(target).digest('hex');
    const name = `read:${keyHash}:${edition}:${hash}`;
    const sealed = await answers.get(name);
    const kept = sealed === undefined ? undefined : unseal(sealed, name, sealingKey);
    if (kept !== undefined) return JSON.parse(kept);
    const answer = await read();
    const text = JSON.stringify(answer ?? null);
    if (text.length <= MAX_KEPT_LENGTH) {
      await answers.set(name, seal(text, name, sealingKey), keepMs);
    }
    return answer;
  }

  /** To be called before a write and after it: a read in between may have seen either. */
  async startEdition(keyHash: string): Promise<void> {
    const { editions, keepMs, deadlineMs } = this.#options;
    // It outlives what was read before it, the longest of which is still being read.
    await editions.set(editionName(keyHash), randomUUID(), keepMs + deadlineMs);
  }
}

const editionName = (keyHash: string) => `edition:${keyHash}`;
