import { createHash } from 'node:crypto';
import { linesOf, type Records, TRIMMED } from '../storage/records/records.ts';

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

/**
 * The latest writes of an organization that could be taken for one another, or that may replace what another has set: when each
 * began, and what it made when it ended. Holds no text and no id of a customer, only hashes. A journal that has lost lines
 * decides nothing: then a write may have been replaced, and what is found may be another one's.
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

  async begin(target: WriteTarget | undefined): Promise<void> {
    const { kind, value } = target ?? {};
    await this.#append({ id: this.#id, kind, value: value === undefined ? undefined : hash(value) });
  }

  /** `ids`: of what the write made; undefined when nobody knows whether it made anything. */
  async end(ids: unknown[] | undefined): Promise<void> {
    await this.#append({ of: this.#id, made: ids?.map(id => hash(String(id))) });
  }

  /** Whether another write may have changed what the write `id` has set: one that had not ended when `id` began. */
  async isReplaced(id: string, target: WriteTarget): Promise<boolean> {
    const { entries } = await this.#read();
    const own = indexOf(entries, id);
    const ended = new Set(entries.slice(0, own).map(entry => 'of' in entry && entry.of));
    return own === -1 || entries.some(entry => mayOverlap(entry, id, target) && !ended.has(entry.id));
  }

  /** Whether a write that began later may have changed what this one sets. */
  async isOvertaken(target: WriteTarget): Promise<boolean> {
    const { entries } = await this.#read();
    const own = indexOf(entries, this.#id);
    return own === -1 || entries.slice(own).some(entry => mayOverlap(entry, this.#id, target));
  }

  /**
   * Whether an id is of something that another write of this journal made. Undefined when what the others made is not
   * known: one is under way or in doubt, or the journal has lost lines.
   */
  async claimed(): Promise<((id: unknown) => boolean) | undefined> {
    const { isWhole, entries } = await this.#read();
    const begun = entries.filter(entry => 'id' in entry).map(({ id }) => id);
    const ended = new Map(entries.filter(entry => 'of' in entry).map(({ of, made }) => [of, made]));
    const made = begun.filter(id => id !== this.#id).map(id => ended.get(id));
    if (!isWhole || !begun.includes(this.#id) || made.includes(undefined)) return undefined;
    const hashes = new Set(made.flat());
    return id => hashes.has(hash(String(id)));
  }

  async #append(line: Begun | Ended): Promise<void> {
    await this.#records.append(this.#name, JSON.stringify(line), this.#ttlMs);
  }

  async #read() {
    const journal = await this.#records.get(this.#name);
    const lines = journal === undefined ? [] : linesOf(journal);
    return {
      isWhole: lines[0] !== TRIMMED,
      entries: lines.filter(line => line !== TRIMMED).map((line): Begun | Ended => JSON.parse(line)),
    };
  }
}

const indexOf = (entries: (Begun | Ended)[], id: string) =>
  entries.findIndex(entry => 'id' in entry && entry.id === id);

/** Whether an entry is the beginning of another write than `id` that may change the same. */
function mayOverlap(entry: Begun | Ended, id: string, target: WriteTarget): entry is Begun {
  if (!('id' in entry) || entry.id === id) return false;
  const areTwo = entry.kind === target.kind && entry.value !== undefined && target.value !== undefined;
  return !areTwo || entry.value === hash(target.value as string);
}

const hash = (value: string) => createHash('sha256').update(value).digest('base64url').slice(0, HASH_LENGTH);
