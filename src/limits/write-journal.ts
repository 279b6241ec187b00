import { createHash } from 'node:crypto';
import { linesOf, type Records, TRIMMED } from './records.ts';

/**
 * What a write changes, as its caller addressed it. Two targets of one kind and another value are two things; of two
 * kinds, or without a value, they may be one and the same.
 */
export interface WriteTarget {
  kind: string;
  value?: string;
}

interface Begun {
  id: string;
  /** Epoch milliseconds. */
  at: number;
  kind?: string;
  /** Hash of the target's value. */
  value?: string;
}

interface Ended {
  of: string;
  /** Hashes of the ids of what it made. Absent: nobody knows whether it made anything. */
  made?: string[];
}

/** Hashes are shortened: they only tell the few ids of one journal apart. */
const HASH_LENGTH = 12;
/** How far the clocks of replicas, and the time a write takes to begin, may be apart. */
const CLOCKS_APART_MS = 15_000;

/**
 * The latest writes of a key that could be taken for one another, or that may replace what another has set. Holds no text
 * and no id of a customer, only hashes.
 */
export class WriteJournal {
  readonly #records: Records;
  readonly #name: string;
  readonly #id: string;
  readonly #ttlMs: number;

  /** `id`: the write whose journal this is. `ttlMs`: after the last write to it a journal is forgotten. */
  constructor(records: Records, name: string, id: string, ttlMs: number) {
    this.#records = records;
    this.#name = name;
    this.#id = id;
    this.#ttlMs = ttlMs;
  }

  async begin(at: number, target: WriteTarget | undefined): Promise<void> {
    const { kind, value } = target ?? {};
    await this.#append({ id: this.#id, at, kind, value: value === undefined ? undefined : hash(value) });
  }

  /** `ids`: of what the write made; undefined when nobody knows whether it made anything. */
  async end(ids: unknown[] | undefined): Promise<void> {
    await this.#append({ of: this.#id, made: ids?.map(id => hash(String(id))) });
  }

  /** Whether a later write may have changed what the write `id` has set. */
  async isReplaced(id: string, target: WriteTarget): Promise<boolean> {
    const { begun } = await this.#read();
    const own = begun.findIndex(entry => entry.id === id);
    if (own === -1) return true;
    const value = target.value === undefined ? undefined : hash(target.value);
    return begun.slice(own + 1).some(later => {
      if (later.id === id) return false;
      const areTwo = later.kind === target.kind && later.value !== undefined && value !== undefined;
      return !areTwo || later.value === value;
    });
  }

  /**
   * Whether an id is of something that another write of this journal made. Undefined when what the others made is not
   * known: one is under way or in doubt, or the journal has lost lines.
   */
  async claimed(begunAt: number, deadlineMs: number): Promise<((id: unknown) => boolean) | undefined> {
    const { begun, ended, isWhole } = await this.#read();
    // What an earlier write made, it made within its deadline.
    const others = begun.filter(
      ({ id, at }) => id !== this.#id && at + deadlineMs + CLOCKS_APART_MS >= begunAt,
    );
    const made = others.map(({ id }) => ended.get(id));
    if (!isWhole || made.includes(undefined)) return undefined;
    const hashes = new Set(made.flat());
    return id => hashes.has(hash(String(id)));
  }

  async #append(line: Begun | Ended): Promise<void> {
    await this.#records.append(this.#name, JSON.stringify(line), this.#ttlMs);
  }

  async #read() {
    const journal = await this.#records.get(this.#name);
    const lines = journal === undefined ? [] : linesOf(journal);
    const entries = lines.filter(line => line !== TRIMMED).map((line): Begun | Ended => JSON.parse(line));
    return {
      isWhole: lines[0] !== TRIMMED,
      begun: entries.filter(entry => 'id' in entry),
      ended: new Map(entries.filter(entry => 'of' in entry).map(({ of, made }) => [of, made])),
    };
  }
}

const hash = (value: string) => createHash('sha256').update(value).digest('base64url').slice(0, HASH_LENGTH);
