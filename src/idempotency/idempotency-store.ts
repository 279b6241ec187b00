import { createHash, randomUUID } from 'node:crypto';
import { CallError } from '../core/call-error.ts';
import { seal, unseal } from '../storage/records/encryption.ts';
import type { Records } from '../storage/records/records.ts';
import { openJournal, type WriteJournal, type WriteTarget } from './write-journal.ts';
import type { WritePause } from './write-pause.ts';

/** A write as its caller requested it. */
export interface Write {
  /** Stands for who makes it: people who share a key make writes of their own. */
  callerHash: string;
  /** Derives the key that encrypts the stored result. */
  sealingKey(): Buffer;
  tool: string;
  /** Equal for two writes that request the same of Partoo. Only its hash is stored: it holds a customer's text. */
  canonicalRequest: string;
  /** The caller's own name for this write. */
  idempotencyKey?: string;
  /** Keys of one organization share journals: a verification for one key may find what another key created. */
  organization: string;
  /** Writes of one tool and scope share a journal. Absent: the write is in none. */
  scope?: string;
  /** What a write that sets values changes; requires a scope. Values that another write may have replaced can be set again. */
  target?: WriteTarget;
}

export type Outcome = { result: unknown; createdIds: unknown[] } | 'unknown' | 'not_made';

/** The right to make a write. */
export interface Reservation {
  /** Records what came of the write. Must be called once. */
  settle(outcome: Outcome): Promise<void>;
  /** Whether a later write may have changed what this one sets: sending this one again would undo that. */
  isSuperseded(): Promise<boolean>;
  /** See `claimedByOthers` of the journal; undefined also for a write without a scope. */
  claimedByOthers(): Promise<((id: unknown) => boolean) | undefined>;
}

/** The same write, made before. */
export interface EarlierWrite {
  result: unknown;
  /** Epoch milliseconds. */
  startedAt: number;
}

interface StoredWrite {
  /** Tells apart two reservations of the same write. */
  id: string;
  fingerprint: string;
  begunAt: number;
  state: 'in progress' | 'unknown' | 'done';
  /** JSON, encrypted. */
  result?: string;
}

interface IdempotencyStoreOptions {
  /** How long the outcome of a write is kept. */
  rememberMs: number;
  /** The longest a write is in progress. One that is not settled by then died with its process. */
  deadlineMs: number;
  /** Absent with a single replica, which knows all writes itself. */
  pause?: Pick<WritePause, 'remainingMs'> | undefined;
}

const IN_PROGRESS_RETRY_SECONDS = 3;
/** Journals outlive outcomes, because a verification may look for what a write created some time later. */
const JOURNAL_MIN_MS = 60_000;

/** Keeps the outcomes of recent writes, so that a write requested again is not sent again. */
export class IdempotencyStore {
  readonly #records: Records;
  readonly #options: IdempotencyStoreOptions;
  readonly #reservedMs: number;

  constructor(records: Records, options: IdempotencyStoreOptions) {
    this.#records = records;
    this.#options = options;
    this.#reservedMs = options.deadlineMs + options.rememberMs;
  }

  /**
   * Reserves a write for its caller to make, or returns the same write's earlier outcome. Throws `in_progress`,
   * `outcome_unknown`, `writes_paused`, or `invalid_input` for an idempotency key that named another write.
   */
  async reserve(write: Write): Promise<Reservation | EarlierWrite> {
    const name = recordName(write);
    if (this.#pausedMs > 0) {
      // Another replica may have replaced the values that a write has set.
      const known = setsValues(write) ? undefined : await this.#records.get(name);
      if (known === undefined) throw this.#paused();
      return this.#earlier(JSON.parse(known), name, write);
    }
    const stored: StoredWrite = {
      id: randomUUID(),
      fingerprint: sha256(write.canonicalRequest),
      begunAt: Date.now(),
      state: 'in progress',
    };
    const journal = this.#journalOf(write, stored.id);
    const found = await this.#records.setIfAbsent(name, JSON.stringify(stored), this.#reservedMs);
    if (found !== undefined) {
      const earlier = JSON.parse(found) as StoredWrite;
      // A, B, A are three changes.
      if (!setsValues(write) || !(await journal?.mayBeReplaced(earlier.id, write.target))) {
        return this.#earlier(earlier, name, write);
      }
      await this.#records.set(name, JSON.stringify(stored), this.#reservedMs);
    }
    await journal?.start(write.target);
    const reservation = this.#reservation(name, stored, journal, write);
    if (this.#pausedMs === 0) return reservation;
    // Redis was lost meanwhile, and other replicas may not see this reservation.
    await reservation.settle('not_made');
    throw this.#paused();
  }

  #earlier({ fingerprint, state, begunAt, result }: StoredWrite, name: string, write: Write): EarlierWrite {
    if (fingerprint !== sha256(write.canonicalRequest)) {
      throw new CallError('invalid_input', 'an idempotency key was used twice', {
        problems: ['idempotency_key: was used with other arguments; use a new one for another write'],
      });
    }
    if (state === 'in progress' && Date.now() < begunAt + this.#options.deadlineMs) {
      throw new CallError('in_progress', 'the same write is in progress', {
        retryAfterSeconds: IN_PROGRESS_RETRY_SECONDS,
      });
    }
    const opened = result === undefined ? undefined : unseal(result, name, write.sealingKey());
    if (opened === undefined) {
      throw new CallError('outcome_unknown', 'the same write was sent before and its outcome is unknown');
    }
    return { result: JSON.parse(opened), startedAt: begunAt };
  }

  #reservation(
    name: string,
    stored: StoredWrite,
    journal: WriteJournal | undefined,
    { target, sealingKey }: Write,
  ): Reservation {
    return {
      isSuperseded: async () => target !== undefined && (await journal?.isSuperseded(target)) === true,
      claimedByOthers: async () => journal?.claimedByOthers(),
      settle: async outcome => {
        // The journal first: once the outcome can be read, the created ids must be claimed.
        await journal?.end(
          outcome === 'unknown' ? undefined : outcome === 'not_made' ? [] : outcome.createdIds,
        );
        const latest = target && (await this.#records.get(name));
        // The same values were set again, after another write had replaced them.
        if (latest !== undefined && JSON.parse(latest).id !== stored.id) return;
        // Only this very reservation: after a loss of Redis another replica may have reserved the same write.
        if (outcome === 'not_made') return this.#records.delete(name, JSON.stringify(stored));
        const settled: StoredWrite =
          outcome === 'unknown'
            ? { ...stored, state: 'unknown' }
            : { ...stored, state: 'done', result: seal(JSON.stringify(outcome.result), name, sealingKey()) };
        await this.#records.set(name, JSON.stringify(settled), this.#options.rememberMs);
      },
    };
  }

  #journalOf({ organization, tool, scope }: Write, id: string): WriteJournal | undefined {
    if (scope === undefined) return undefined;
    const { deadlineMs, rememberMs } = this.#options;
    const ttlMs = 2 * deadlineMs + Math.max(rememberMs, JOURNAL_MIN_MS);
    return openJournal(this.#records, `writes:${hashOf([organization, tool, scope])}`, id, ttlMs);
  }

  get #pausedMs(): number {
    return this.#options.pause?.remainingMs ?? 0;
  }

  #paused(): CallError {
    const cause = 'Redis is or was just unavailable, so writes of other replicas are unknown';
    // The pause may have ended since it was checked. "In 0 seconds" would invite a tight loop.
    const retryAfterSeconds = Math.max(1, Math.ceil(this.#pausedMs / 1_000));
    return new CallError('writes_paused', cause, { retryAfterSeconds });
  }
}

/** With an idempotency key the caller itself says that it is the same write. */
const setsValues = (write: Write): write is Write & { target: WriteTarget } =>
  write.target !== undefined && write.idempotencyKey === undefined;

const recordName = ({ callerHash, tool, canonicalRequest, idempotencyKey }: Write) =>
  `write:${callerHash}:${hashOf(idempotencyKey === undefined ? [tool, sha256(canonicalRequest)] : [tool, 'named', idempotencyKey])}`;

const hashOf = (parts: string[]) => sha256(JSON.stringify(parts));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
