import { type FaultLog, inBackground } from '../../core/background.ts';
import { errorFields } from '../../core/error-fields.ts';
import { asRedisError, isRedisError } from './errors.ts';

/** Shorter would lose Redis whenever a machine is busy for a moment. */
const COMMAND_TIMEOUT_MS = 2_000;
const PROBE_EVERY_MS = 1_000;

/** Knows something that Redis missed. */
interface ResyncSource {
  /** Sends it to Redis, before commands resume. */
  resync(): Promise<void>;
  /** Whether Redis missed more during the resync. */
  hasMore?(): boolean;
}

interface RedisHealthOptions {
  /** Rejects while Redis is unusable. It must write: a full Redis still serves reads. */
  probe(): Promise<unknown>;
  onLost(error: unknown): void;
  /** Called for each probe that fails. */
  onStillLost?(error: unknown): void;
  onBack(): void;
  /** Records faults of this server during a resync. */
  log: FaultLog;
  commandTimeoutMs?: number;
  probeEveryMs?: number;
}

/**
 * Knows whether Redis is usable. The first command that fails marks it lost: from then on no command waits for it,
 * except a probe every second. Only errors of Redis itself count.
 */
export class RedisHealthMonitor {
  readonly #options: RedisHealthOptions;
  readonly #sources: ResyncSource[] = [];
  #lost = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RedisHealthOptions) {
    this.#options = options;
  }

  get lost(): boolean {
    return this.#lost;
  }

  addResyncSource(source: ResyncSource): void {
    this.#sources.push(source);
  }

  /** Returns what `ask` resolves with, or `otherwise` while Redis is lost. Throws errors that are not Redis' own. */
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

  /** Marks Redis lost: a command failed, or the connection ended and Redis may come back empty. */
  fail(error: unknown): void {
    if (this.#lost || this.#closed) return;
    this.#lost = true;
    this.#options.onLost(error);
    this.#scheduleProbe();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #scheduleProbe(): void {
    this.#timer = setTimeout(
      () => inBackground(this.#options.log, 'a probe of Redis', () => this.#probe()),
      this.#options.probeEveryMs ?? PROBE_EVERY_MS,
    ).unref();
  }

  async #probe(): Promise<void> {
    try {
      await this.#inTime(this.#options.probe());
      do for (const source of this.#sources) await source.resync();
      while (this.#sources.some(source => source.hasMore?.()));
    } catch (error) {
      if (isRedisError(error)) this.#options.onStillLost?.(error);
      else this.#options.log.error({ error: errorFields(error) }, 'the resync of Redis failed');
      if (!this.#closed) this.#scheduleProbe();
      return;
    }
    this.#lost = false;
    this.#options.onBack();
  }

  /** Rejects when Redis takes too long, but not when this process is too busy to read a reply that has arrived. */
  #inTime<Result>(reply: Promise<Result>): Promise<Result> {
    const { commandTimeoutMs = COMMAND_TIMEOUT_MS } = this.#options;
    return new Promise((resolve, reject) => {
      const tooLate = () => reject(asRedisError(new Error('Redis did not answer in time')));
      // After a busy spell timers run first, then arrived data is read, then immediates run.
      const timer = setTimeout(() => setImmediate(() => setImmediate(tooLate)), commandTimeoutMs);
      reply.finally(() => clearTimeout(timer)).then(resolve, reject);
    });
  }
}
