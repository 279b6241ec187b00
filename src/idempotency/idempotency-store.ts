import { createHash, randomUUID } from 'node:crypto';
import { seal, unseal } from '../storage/records/encryption.ts';
import type { Records } from '../storage/records/records.ts';
import { WriteJournal, type WriteTarget } from './write-journal.ts';

/** A write as its caller meant it. */
export interface Write {
  keyHash: string;
  /** What came of it is kept sealed with this. */
  sealingKey(): Buffer;
  tool: string;
  /** The same for two writes that ask the same of Partoo. A hash: what they ask is a customer's text. */
  fingerprint: string;
  /** The caller's own name for this write. */
  idempotencyKey?: string;
  /** Whose writes are listed together: any key of it may have made what another one's look finds. */
  organization: string;
  /** Writes of a tool with the same group are listed in one journal. Absent: the write is in none. */
  group?: string;
  /** What a write that sets values changes; needs a group. A write that another may have replaced is no repeat: A, B, A are three. */
  target?: WriteTarget;
}

/** What came of a write: its result and the ids of what it made, or that nobody knows whether it happened. */
export type Outcome = { result: unknown; ids: unknown[] } | 'unknown';

export interface ReservedWrite {
  kind: 'first';
  /** Must be called once the outcome is known. */
  end(outcome: Outcome | 'not done'): Promise<void>;
  /** Whether a later write may have changed what this one sets: then it must not be sent once more. */
  isOvertaken(): Promise<boolean>;
  /** See WriteJournal.claimed; undefined for a write that is in no journal. */
  claimed(): Promise<((id: unknown) => boolean) | undefined>;
}

export type Reservation =
  /** Nobody has made this write: it is the caller's to make. */
  | ReservedWrite
  | { kind: 'in progress' }
  /** It was made before. `begunAt`: when, epoch milliseconds. */
  | { kind: 'repeat'; outcome: { result: unknown } | 'unknown'; begunAt: number }
  /** The same idempotency key came with other arguments. */
  | { kind: 'other arguments' }
  /** Another replica may have made it, and cannot tell for now. `ms`: when to ask again. */
  | { kind: 'paused'; ms: number };

interface Remembered {
  /** Whose write it is: two that are the same begin as two. */
  id: string;
  fingerprint: string;
  begunAt: number;
  state: 'in progress' | 'unknown' | 'done';
  /** JSON, sealed. */
  result?: string;
}

export interface IdempotencyStoreOptions {
  /** How long the outcome of a write is remembered. */
  rememberMs: number;
  /** The longest a write is in progress. One that has not ended by then died with its process. */
  deadlineMs: number;
  /** For how many milliseconds what other replicas write is not known here; 0 while it is. Without it there are no others. */
  closedMs?(): number;
}

/** Journals are kept longer than outcomes: what another write made is found by a look-up some time later. */
const JOURNAL_MIN_MS = 60_000;

/** Remembers writes for a while, so that the same one asked for again is not made again. */
export class IdempotencyStore {
  readonly #records: Records;
  readonly #rememberMs: number;
  readonly #deadlineMs: number;
  readonly #closedMs: () => number;

  constructor(records: Records, { rememberMs, deadlineMs, closedMs = () => 0 }: IdempotencyStoreOptions) {
    this.#records = records;
    this.#rememberMs = rememberMs;
    this.#deadlineMs = deadlineMs;
    this.#closedMs = closedMs;
  }

  async begin(write: Write): Promise<Reservation> {
    const { fingerprint, target } = write;
    const name = `write:${write.keyHash}:${nameOf(write)}`;
    if (this.#isClosed) return this.#beginClosed(write, name);
    const begun: Remembered = { id: randomUUID(), fingerprint, begunAt: Date.now(), state: 'in progress' };
    const journal = this.#journalOf(write, begun.id);
    const found = await this.#records.setIfAbsent(
      name,
      JSON.stringify(begun),
      this.#deadlineMs + this.#rememberMs,
    );
    if (found) {
      const earlier: Remembered = JSON.parse(found.value);
      const isReplaced = replaces(write) && (await journal?.isReplaced(earlier.id, write.target));
      if (!isReplaced) return this.#again(found.ttlMs, earlier, name, write);
      await this.#records.set(name, JSON.stringify(begun), this.#deadlineMs + this.#rememberMs);
    }
    await journal?.begin(target);
    const first = this.#first(name, begun, journal, write);
    if (!this.#isClosed) return first;
    // Redis was lost on the way: it may not have been told.
    await first.end('not done');
    return this.#paused();
  }

  /** Without what other replicas know: a write that is known here, or none. */
  async #beginClosed(write: Write, name: string): Promise<Reservation> {
    // Another replica may have replaced what it set.
    const found = replaces(write) ? undefined : await this.#records.get(name);
    if (found === undefined) return this.#paused();
    const earlier: Remembered = JSON.parse(found);
    return this.#again(
      earlier.begunAt + this.#deadlineMs + this.#rememberMs - Date.now(),
      earlier,
      name,
      write,
    );
  }

  #again(ttlMs: number, earlier: Remembered, name: string, write: Write): Reservation {
    if (earlier.fingerprint !== write.fingerprint) return { kind: 'other arguments' };
    if (earlier.state === 'in progress' && ttlMs > this.#rememberMs) return { kind: 'in progress' };
    return {
      kind: 'repeat',
      begunAt: earlier.begunAt,
      outcome: outcomeOf(earlier, name, write.sealingKey()),
    };
  }

  get #isClosed(): boolean {
    return this.#closedMs() > 0;
  }

  #paused(): Reservation {
    return { kind: 'paused', ms: this.#closedMs() };
  }

  #first(name: string, begun: Remembered, journal: WriteJournal | undefined, write: Write): ReservedWrite {
    return {
      kind: 'first',
      isOvertaken: async () =>
        write.target !== undefined && (await journal?.isOvertaken(write.target)) === true,
      claimed: async () => journal?.claimed(),
      end: async outcome => {
        const ids = outcome === 'unknown' ? undefined : outcome === 'not done' ? [] : outcome.ids;
        // Before the outcome: who is told of what was made must find it claimed.
        await journal?.end(ids);
        if (write.target && (await this.#isTaken(name, begun.id))) return;
        // Without Redis another replica may have begun the same: what became of that stays known.
        if (outcome === 'not done') await this.#records.delete(name, JSON.stringify(begun));
        else await this.#remember(name, { ...begun, ...remembered(outcome, name, write.sealingKey()) });
      },
    };
  }

  /** Whether the same write has begun anew, after another had replaced what it set. */
  async #isTaken(name: string, id: string): Promise<boolean> {
    const latest = await this.#records.get(name);
    return latest !== undefined && JSON.parse(latest).id !== id;
  }

  #remember(name: string, ended: Remembered): Promise<void> {
    return this.#records.set(name, JSON.stringify(ended), this.#rememberMs);
  }

  #journalOf({ organization, tool, group }: Write, id: string): WriteJournal | undefined {
    if (group === undefined) return undefined;
    const name = `writes:${hashOf([organization, tool, group])}`;
    const ttlMs = 2 * this.#deadlineMs + Math.max(this.#rememberMs, JOURNAL_MIN_MS);
    return new WriteJournal(this.#records, name, id, ttlMs);
  }
}

/** With an idempotency key the caller says itself that it is the same write. */
const replaces = (write: Write): write is Write & { target: WriteTarget } =>
  write.target !== undefined && write.idempotencyKey === undefined;

const nameOf = ({ tool, fingerprint, idempotencyKey }: Write) =>
  idempotencyKey === undefined ? hashOf([tool, fingerprint]) : hashOf([tool, 'named', idempotencyKey]);

const hashOf = (parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

function remembered(
  outcome: Outcome,
  name: string,
  sealingKey: Buffer,
): Pick<Remembered, 'state' | 'result'> {
  if (outcome === 'unknown') return { state: 'unknown' };
  return { state: 'done', result: seal(JSON.stringify(outcome.result), name, sealingKey) };
}

function outcomeOf(
  { state, result }: Remembered,
  name: string,
  sealingKey: Buffer,
): { result: unknown } | 'unknown' {
  const kept = state === 'done' && result !== undefined ? unseal(result, name, sealingKey) : undefined;
  return kept === undefined ? 'unknown' : { result: JSON.parse(kept) };
}
