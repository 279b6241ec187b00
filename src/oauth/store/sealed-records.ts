import { createHash } from 'node:crypto';
import { seal, unseal } from '../../storage/records/encryption.ts';
import type { Records } from '../../storage/records/records.ts';
import { RedisLostError } from '../../storage/records/required-records.ts';
import type { SecretKey } from '../tokens/secrets.ts';
import { SignInUnavailable } from './unavailable.ts';

/** Longer than any record of sign-in lives. */
const MAX_TTL_MS = 90 * 86_400_000;

/**
 * Stores JSON values, encrypted, under the hash of an id that must be hard to guess. Rejects with SignInUnavailable while
 * Redis is lost.
 */
export class SealedRecords {
  readonly #records: Records;
  readonly #keys: readonly [SecretKey, ...SecretKey[]];

  constructor(records: Records, keys: readonly [SecretKey, ...SecretKey[]]) {
    this.#records = records;
    this.#keys = keys;
  }

  async get<Value>(kind: string, id: string): Promise<Value | undefined> {
    const name = nameOf(kind, id);
    const sealed = await available(this.#records.get(name));
    return sealed === undefined ? undefined : this.#open(sealed, name);
  }

  async set(kind: string, id: string, value: object, ttlMs: number): Promise<void> {
    const name = nameOf(kind, id);
    await available(this.#records.set(name, this.#seal(value, name), bounded(ttlMs)));
  }

  /** Sets a value unless there is one, atomically. Returns whether it did. */
  async add(kind: string, id: string, value: object, ttlMs: number): Promise<boolean> {
    const name = nameOf(kind, id);
    return (
      (await available(this.#records.setIfAbsent(name, this.#seal(value, name), bounded(ttlMs)))) ===
      undefined
    );
  }

  async delete(kind: string, id: string): Promise<void> {
    await available(this.#records.delete(nameOf(kind, id)));
  }

  #seal(value: object, name: string): string {
    return seal(JSON.stringify(value), name, this.#keys[0].key);
  }

  #open<Value>(sealed: string, name: string): Value | undefined {
    for (const { key } of this.#keys) {
      const text = unseal(sealed, name, key);
      if (text !== undefined) return JSON.parse(text);
    }
    return undefined;
  }
}

/** Redis refuses a TTL of less than 1 ms, and one that its clock cannot hold. */
const bounded = (ttlMs: number) => Math.max(1, Math.min(ttlMs, MAX_TTL_MS));

const nameOf = (kind: string, id: string) =>
  `oauth:${kind}:${createHash('sha256').update(`${kind} ${id}`).digest('base64url')}`;

const available = <Result>(work: Promise<Result>): Promise<Result> =>
  work.catch(error => {
    throw error instanceof RedisLostError ? new SignInUnavailable() : error;
  });
