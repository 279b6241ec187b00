import type { Cluster, Redis } from 'ioredis';
import { inBackground } from '../core/background.ts';
import { evictionPolicies } from './redis-eviction.ts';
import { explainRedisError, type RedisFault } from './redis-faults.ts';
import { tlsMismatch } from './redis-tls-check.ts';
import { redisNodes } from './redis-url.ts';

const REMIND_EVERY_MS = 60_000;
/** For so long what a connection failed with explains why commands fail: its attempts come every two seconds. */
const EXPLAINS_MS = 5_000;

/** The part of a logger that the report writes to. */
export interface ReportLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RedisReportOptions {
  url: string;
  log: ReportLog;
  /** What this replica may send in a minute by itself. */
  perMinute: number;
  /** How often a loss that lasts is told again; for tests. */
  remindEveryMs?: number;
}

/** Tells an operator at which address Redis fails and why: at once, when the reason changes, and every minute. */
export class RedisReport {
  readonly #options: RedisReportOptions;
  readonly #nodes: ReturnType<typeof redisNodes>;
  /** What the connection itself failed with: commands only learn that there is none. */
  #connection: { fault: RedisFault; at: number } | undefined;
  #toldAt = 0;
  /** Reasons told since then. */
  readonly #told = new Set<string>();

  constructor(options: RedisReportOptions) {
    this.#options = options;
    this.#nodes = redisNodes(options.url);
  }

  /** Where Redis is, without its password. */
  get address(): string {
    return this.#nodes.nodes
      .map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`)
      .join(',');
  }

  connectionFailed(error: unknown): void {
    const fault = explainRedisError(error);
    const known = this.#connection;
    const clear = known && known.fault.kind !== 'unclear' && performance.now() - known.at < EXPLAINS_MS;
    if (fault.kind !== 'unclear' || !clear) this.#connection = { fault, at: performance.now() };
  }

  connected(): void {
    this.#connection = undefined;
  }

  lost(error: unknown): void {
    this.#toldAt = performance.now();
    this.#told.clear();
    const { why } = this.explain(error);
    this.#told.add(why);
    this.#warn(
      why,
      'until it is back this replica counts by itself, and in the long run knows only its own writes',
      'lost',
    );
  }

  stillLost(error: unknown): void {
    const fault = this.explain(error);
    if (performance.now() - this.#toldAt >= (this.#options.remindEveryMs ?? REMIND_EVERY_MS)) {
      this.#toldAt = performance.now();
      this.#told.clear();
    } else if (this.#told.has(fault.why)) return;
    this.#told.add(fault.why);
    inBackground(this.#options.log, 'the diagnosis of Redis', async () => {
      const { why } = await this.diagnose(fault);
      this.#warn(why, 'this replica goes on counting by itself', 'still lost');
    });
  }

  back(): void {
    this.#options.log.info({ redis: this.address }, 'Redis is back: limits are shared again');
  }

  /** Tells whether Redis may forget what it was given: it must rather refuse what does not fit. */
  async eviction(redis: Redis | Cluster): Promise<void> {
    // One that is lost meanwhile is asked again when it is back.
    for (const policy of await evictionPolicies(redis).catch(() => ['noeviction'])) {
      if (policy === 'noeviction') continue;
      const what =
        policy === undefined
          ? `Redis at ${this.address} does not tell its maxmemory-policy. If it is another than noeviction, Redis`
          : `Redis at ${this.address} has the maxmemory-policy ${policy}: when it is full it`;
      this.#options.log.warn(
        { redis: this.address, policy },
        `${what} may forget a write, which is then sent again when it is asked for again, and what counts towards the ` +
          'limit. Set maxmemory-policy to noeviction (or turn eviction off where it is managed).',
      );
    }
  }

  /** Looks closer at a fault that is unclear. */
  async diagnose(fault: RedisFault): Promise<RedisFault> {
    if (fault.kind !== 'unclear') return fault;
    const { nodes, tls } = this.#nodes;
    const mismatches = await Promise.all(nodes.map(node => tlsMismatch(node, tls)));
    if (!mismatches.includes(true)) return fault;
    const why = tls
      ? 'it does not speak TLS, which REDIS_URL asks for: write redis instead of rediss'
      : 'it speaks only TLS, which REDIS_URL does not ask for: write rediss instead of redis';
    return { kind: 'operator', why };
  }

  /** Why Redis cannot be used, by what a command failed with and by what the connection did. */
  explain(error: unknown): RedisFault {
    const fault = explainRedisError(error);
    const connection = this.#connection;
    const explained = connection && performance.now() - connection.at < EXPLAINS_MS;
    return fault.kind === 'unclear' && explained ? connection.fault : fault;
  }

  #warn(why: string, consequence: string, state: 'lost' | 'still lost'): void {
    const { log, perMinute } = this.#options;
    log.warn(
      { redis: this.address, why, perMinute },
      `Redis is ${state} (${this.address}: ${why}): ${consequence}`,
    );
  }
}
