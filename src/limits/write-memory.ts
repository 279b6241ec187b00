import { createHash, randomUUID } from 'node:crypto';
import type { Records } from './records.ts';
import { seal, unseal } from './sealed.ts';

/** A write as its caller meant it. */
export interface Write {
  keyHash: string;
  /** What came of it is kept sealed with this. */
  sealingKey(): Buffer;
  tool: string;
  /** As parsed: "2" and 2 are the same write. */
  args: Record<string, unknown>;
  /** The caller's own name for this write. */
  idempotencyKey?: string;
  /**
   * What a write that sets values changes. Only the last one to it is remembered: A, then B, then A again are three
   * changes, not two and a repeat.
   */
  target?: unknown;
}

/** What came of a write: its result, or that nobody knows whether it happened. */
export type Outcome = { result: unknown } | 'unknown';

export type Beginning =
  /** Nobody has made this write: it is the caller's to make, and to be told with `end`. */
  | { kind: 'first'; end(outcome: Outcome | 'not done'): Promise<void> }
  | { kind: 'in progress' }
  /** It was made before. `outcome` is what came of it; `begunAt` when, epoch milliseconds. */
  | { kind: 'repeat'; outcome: Outcome; begunAt: number }
  /** The same idempotency key came with other arguments. */
  | { kind: 'other arguments' };

interface Remembered {
  /** Whose write it is: two that are the same begin as two. */
  id: string;
  fingerprint: string;
  begunAt: number;
  state: 'in progress' | 'unknown' | 'done';
  /** JSON, sealed. */
  result?: string;
}

export interface WriteMemoryOptions {
  /** How long the outcome of a write is remembered. */
  rememberMs: number;
  /** The longest a write is in progress. One that has not ended by then died with its process. */
  deadlineMs: number;
}

/** Remembers writes for a while, so that the same one asked for again is not made again. */
export class WriteMemory {
  readonly #records: Records;
  readonly #rememberMs: number;
  readonly #deadlineMs: number;

  constructor(records: Records, { rememberMs, deadlineMs }: WriteMemoryOptions) {
    this.#records = records;
    this.#rememberMs = rememberMs;
    this.#deadlineMs = deadlineMs;
  }

  async begin(write: Write): Promise<Beginning> {
    const print = fingerprint(write.tool, write.args);
    const name = `write:${write.keyHash}:${this.#nameOf(write, print)}`;
    const begun: Remembered = {
      id: randomUUID(),
      fingerprint: print,
      begunAt: Date.now(),
      state: 'in progress',
    };
    const found = await this.#records.addPatiently(
      name,
      JSON.stringify(begun),
      this.#deadlineMs + this.#rememberMs,
    );
    if (!found) return this.#first(name, begun, write.sealingKey());

    const earlier: Remembered = JSON.parse(found.value);
    if (earlier.fingerprint !== print) {
      if (write.target === undefined || write.idempotencyKey !== undefined)
        return { kind: 'other arguments' };
      await this.#records.set(name, JSON.stringify(begun), this.#deadlineMs + this.#rememberMs);
      return this.#first(name, begun, write.sealingKey());
    }
    if (earlier.state === 'in progress' && found.ttlMs > this.#rememberMs) return { kind: 'in progress' };
    return {
      kind: 'repeat',
      begunAt: earlier.begunAt,
      outcome: outcomeOf(earlier, name, write.sealingKey()),
    };
  }

  #first(name: string, begun: Remembered, sealingKey: Buffer): Beginning {
    return {
      kind: 'first',
      end: async outcome => {
        // Another write to the same target may have taken its place.
        const latest = await this.#records.get(name);
        if (latest !== undefined && JSON.parse(latest).id !== begun.id) return;
        if (outcome === 'not done') await this.#records.delete(name);
        else await this.#remember(name, { ...begun, ...remembered(outcome, name, sealingKey) });
      },
    };
  }

  #remember(name: string, ended: Remembered): Promise<void> {
    return this.#records.set(name, JSON.stringify(ended), this.#rememberMs);
  }

  #nameOf({ tool, idempotencyKey, target }: Write, print: string): string {
    if (idempotencyKey !== undefined) return fingerprint(tool, { idempotencyKey });
    return target === undefined ? print : fingerprint(tool, { target });
  }
}

function remembered(
  outcome: Outcome,
  name: string,
  sealingKey: Buffer,
): Pick<Remembered, 'state' | 'result'> {
  if (outcome === 'unknown') return { state: 'unknown' };
  return { state: 'done', result: seal(JSON.stringify(outcome.result), name, sealingKey) };
}

function outcomeOf({ state, result }: Remembered, name: string, sealingKey: Buffer): Outcome {
  const kept = state === 'done' && result !== undefined ? unseal(result, name, sealingKey) : undefined;
  return kept === undefined ? 'unknown' : { result: JSON.parse(kept) };
}

/** The same for the same tool and arguments, whatever their order: a hash, since arguments are a customer's text. */
export function fingerprint(tool: string, args: Record<string, unknown>): string {
  return createHash('sha256')
    .update(JSON.stringify([tool, sorted(args)]))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]),
  );
}
