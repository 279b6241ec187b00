import { LRUCache } from 'lru-cache';
import { type FaultLog, inBackground } from '../../core/background.ts';
import type { Records } from '../../storage/records/records.ts';
import { KEPT_MS } from './key-status.ts';

const ACCEPTED_MS = 3_600_000;
/** How often it is recorded for other replicas that a key was accepted. */
const RECORD_EVERY_MS = 600_000;

/** Knows which keys Partoo has done something for, whatever it says of their organization. */
export class AcceptedKeys {
  readonly #records: Records;
  readonly #log: FaultLog;
  readonly #here = new LRUCache<string, true>({ max: 20_000, ttl: ACCEPTED_MS });

  constructor(records: Records, log: FaultLog) {
    this.#records = records;
    this.#log = log;
  }

  add(keyHash: string): void {
    if (this.#here.getRemainingTTL(keyHash) > ACCEPTED_MS - RECORD_EVERY_MS) return;
    this.#here.set(keyHash, true);
    inBackground(this.#log, 'the record of an accepted key', () =>
      this.#records.set(recordOf(keyHash), '1', KEPT_MS),
    );
  }

  /** As far as this process knows. */
  has(keyHash: string): boolean {
    return this.#here.has(keyHash);
  }

  /** As far as any replica knows. */
  async hasAnywhere(keyHash: string): Promise<boolean> {
    return (await this.#records.get(recordOf(keyHash))) !== undefined;
  }

  async delete(keyHash: string): Promise<void> {
    this.#here.delete(keyHash);
    await this.#records.delete(recordOf(keyHash));
  }
}

const recordOf = (keyHash: string) => `key-accepted:${keyHash}`;
