import { createHash } from 'node:crypto';
import { linesOf, type Records, TRIMMED } from '../storage/records/records.ts';

/**
 * What a write changes, as its caller addressed it. Two targets of one kind with different values are two things. Targets of
 * different kinds, or without a value, may be the same thing.
 */
export interface WriteTarget {
  kind: string;
  value?: string;
}

interface StartLine {
  id: string;
  kind?: string;
  /** Hash of the target's value. */
  value?: string;
}

interface EndLine {
  of: string;
  /** Hashes of the ids of what the write created. Absent: nobody knows whether it created anything. */
  made?: string[];
}

/** Short, because a hash only has to tell apart the few ids of one journal. */
const HASH_LENGTH = 12;

export type WriteJournal = ReturnType<typeof openJournal>;

/**
 * Opens a journal for one write, `id`. A journal records the recent writes of an organization that could be mistaken for one
 * another, or that may replace each other's values. Each write adds a line when it starts and one when it ends. Lines hold
 * hashes only, no text or id of a customer. A journal that has lost lines proves nothing, so its methods then assume the
 * worst. `ttlMs`: how long a journal outlives its last line.
 */
export function openJournal(records: Records, name: string, id: string, ttlMs: number) {
  async function append(line: StartLine | EndLine): Promise<void> {
    await records.append(name, JSON.stringify(line), ttlMs);
  }
  async function read() {
    const journal = await records.get(name);
    const lines = journal === undefined ? [] : linesOf(journal);
    return {
      isWhole: lines[0] !== TRIMMED,
      entries: lines.filter(line => line !== TRIMMED).map((line): StartLine | EndLine => JSON.parse(line)),
    };
  }
  return {
    start: ({ kind, value }: Partial<WriteTarget> = {}) =>
      append({ id, kind, value: value === undefined ? undefined : hash(value) }),

    /** `createdIds`: undefined when nobody knows whether the write created anything. */
    end: (createdIds: unknown[] | undefined) => append({ of: id, made: createdIds?.map(hash) }),

    /** Whether another write may have changed what the write `earlier` set: any that had not ended when it started. */
    async mayBeReplaced(earlier: string, target: WriteTarget): Promise<boolean> {
      const { entries } = await read();
      const start = startOf(entries, earlier);
      const ended = new Set(entries.slice(0, start).map(entry => 'of' in entry && entry.of));
      return (
        start === -1 || entries.some(entry => mayOverlap(entry, earlier, target) && !ended.has(entry.id))
      );
    },

    /** Whether a write that started later may have changed what this one sets. */
    async isSuperseded(target: WriteTarget): Promise<boolean> {
      const { entries } = await read();
      const start = startOf(entries, id);
      return start === -1 || entries.slice(start).some(entry => mayOverlap(entry, id, target));
    },

    /**
     * Returns a test for ids of what other writes of this journal created. Undefined when that is not known: one of them is in
     * progress or in doubt, or the journal has lost lines.
     */
    async claimedByOthers(): Promise<((id: unknown) => boolean) | undefined> {
      const { isWhole, entries } = await read();
      const started = entries.filter(entry => 'id' in entry).map(start => start.id);
      const ended = new Map(entries.filter(entry => 'of' in entry).map(({ of, made }) => [of, made]));
      const created = started.filter(other => other !== id).map(other => ended.get(other));
      if (!isWhole || !started.includes(id) || created.includes(undefined)) return undefined;
      const hashes = new Set(created.flat());
      return createdId => hashes.has(hash(createdId));
    },
  };
}

const startOf = (entries: (StartLine | EndLine)[], id: string) =>
  entries.findIndex(entry => 'id' in entry && entry.id === id);

/** Whether an entry is the start of another write than `id` that may change the same thing. */
function mayOverlap(entry: StartLine | EndLine, id: string, target: WriteTarget): entry is StartLine {
  if (!('id' in entry) || entry.id === id) return false;
  const isComparable = entry.kind === target.kind && entry.value !== undefined && target.value !== undefined;
  return !isComparable || entry.value === hash(target.value);
}

const hash = (value: unknown) =>
  createHash('sha256').update(String(value)).digest('base64url').slice(0, HASH_LENGTH);
