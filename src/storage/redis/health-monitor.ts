import { type FaultLog, inBackground } from '../../core/background.ts';
import { errorFields } from '../../core/error-fields.ts';
import { asRedisError, isRedisError } from './redis-errors.ts';

/** Shorter, and a machine that is busy for a moment would lose Redis. */
const ANSWERS_WITHIN_MS = 2_000;
const PROBE_EVERY_MS = 1_000;

/** Who knows what Redis missed. */
export interface Teller {
  /** Tells Redis, before anybody asks it again. */
  tell(): Promise<void>;
  /** Whether there is something that it was not told. */
  hasMore(): boolean;
}

export interface RedisWatchOptions {
  /** Rejects while Redis cannot be used. It must write: a full Redis answers reads. */
  probe(): Promise<unknown>;
  /** Told once when Redis is lost, and once when it is back. */
  onLost(error: unknown): void;
  /** Called for each probe that fails. */
  onStillLost?(error: unknown): void;
  onBack(): void;
  /** Takes the faults of this server that are met while Redis is told what it missed. */
  log: FaultLog;
  /** How long Redis may take to answer. */
  answersWithinMs?: number;
  /** How often a lost Redis is tried again. */
  probeEveryMs?: number;
}

/**
 * Knows whether Redis can be used. The first command that fails makes it lost, and from then on nobody asks it and
 * nobody waits for it, but for a probe every second. Only Redis' own errors make it lost.
 */
export class RedisHealthMonitor {
  readonly #options: RedisWatchOptions;
  readonly #tellers: Teller[] = [];
  #lost = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RedisWatchOptions) {
    this.#options = options;
  }

  get lost(): boolean {
    return this.#lost;
  }

  whenBack(teller: Teller): void {
    this.#tellers.push(teller);
  }

  /** What Redis answers, or what `otherwise` answers while it is lost. Throws what else goes wrong while asking. */
  async use<Result>(ask: () => Promise<Result>, otherwise: () => Promise<Result>): Promise<Result> {
    if (this.#lost) return otherwise();
    try {
      return await this.#inTime(ask());
    } catch (error) {
      if (!isRedisError(error)) throw error;
      this.fail(error);
      return otherwise();
    }
  }

  /** Redis failed, or its connection ended: it may come back without what it knew. */
  fail(error: unknown): void {
    if (this.#lost || this.#closed) return;
    this.#lost = true;
    this.#options.onLost(error);
    this.#probeLater();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #probeLater(): void {
    this.#timer = setTimeout(
      () => inBackground(this.#options.log, 'a probe of Redis', () => this.#probe()),
      this.#options.probeEveryMs ?? PROBE_EVERY_MS,
    ).unref();
  }

  async #probe(): Promise<void> {
    try {
      await this.#inTime(this.#options.probe());
      do for (const { tell } of this.#tellers) await tell();
      while (this.#tellers.some(({ hasMore }) => hasMore()));
    } catch (error) {
      if (isRedisError(error)) this.#options.onStillLost?.(error);
      else {
        this.#options.log.error({ error: errorFields(error) }, 'Redis could not be told what it missed');
      }
      if (!this.#closed) this.#probeLater();
      return;
    }
    this.#lost = false;
    this.#options.onBack();
  }

  /** Rejects when Redis takes too long; not when this process does, and the answer only has not been read yet. */
  #inTime<Result>(answer: Promise<Result>): Promise<Result> {
    const { answersWithinMs = ANSWERS_WITHIN_MS } = this.#options;
    return new Promise((resolve, reject) => {
      const tooLate = () => reject(asRedisError(new Error('Redis did not answer in time')));
      // After a busy spell timers fire first, what has arrived is read next, and immediates run after that.
      const timer = setTimeout(() => setImmediate(() => setImmediate(tooLate)), answersWithinMs);
      const settle = () => clearTimeout(timer);
      answer.finally(settle).then(resolve, reject);
    });
  }
}
