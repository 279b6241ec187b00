import type { Cluster, Redis } from 'ioredis';
import { inBackground } from '../../core/background.ts';
import { evictionPolicies } from './eviction-policy.ts';
import { diagnoseNode } from './redis-diagnosis.ts';
import { explainRedisError, inWords, type RedisFault } from './redis-faults.ts';
import { type RedisNode, redisNodes } from './redis-url.ts';

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
  /** How many replicas share this Redis; several make no write while it is lost. */
  replicas: number;
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
  #diagnosing = false;

  constructor(options: RedisReportOptions) {
    this.#options = options;
    this.#nodes = redisNodes(options.url);
  }

  /** Where Redis is, without its password. */
  get address(): string {
    return this.#nodes.nodes.map(addressOf).join(',');
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
    this.#startAnew();
    const makesNoWrite = this.#options.replicas > 1 ? ', and makes no write' : '';
    this.#tell(this.explain(error), 'lost', `until it is back this replica counts by itself${makesNoWrite}`);
  }

  stillLost(error: unknown): void {
    if (this.#diagnosing) return;
    this.#diagnosing = true;
    inBackground(this.#options.log, 'the diagnosis of Redis', async () => {
      try {
        const fault = await this.diagnose(this.explain(error));
        if (performance.now() - this.#toldAt >= (this.#options.remindEveryMs ?? REMIND_EVERY_MS))
          this.#startAnew();
        if (!this.#told.has(fault.why))
          this.#tell(fault, 'still lost', 'this replica goes on counting by itself');
      } finally {
        this.#diagnosing = false;
      }
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
    const found = await Promise.all(
      nodes.map(async node => {
        const at = await diagnoseNode(node, tls);
        return at && nodes.length > 1 ? { ...at, why: `${addressOf(node)}: ${at.why}` } : at;
      }),
    );
    const faults = found.filter(at => at !== undefined);
    return faults.find(({ kind }) => kind === 'operator') ?? faults[0] ?? fault;
  }

  /** Why Redis cannot be used, by what a command failed with and by what the connection did. */
  explain(error: unknown): RedisFault {
    const fault = explainRedisError(error);
    const connection = this.#connection;
    const explained = connection && performance.now() - connection.at < EXPLAINS_MS;
    return fault.kind === 'unclear' && explained ? connection.fault : fault;
  }

  #startAnew(): void {
    this.#toldAt = performance.now();
    this.#told.clear();
  }

  #tell(fault: RedisFault, state: 'lost' | 'still lost', consequence: string): void {
    this.#told.add(fault.why);
    const { log, perMinute } = this.#options;
    const why = inWords(fault);
    log.warn(
      { redis: this.address, why, perMinute },
      `Redis is ${state} (${this.address}: ${why}): ${consequence}`,
    );
  }
}

const addressOf = ({ host, port }: RedisNode) => `${host.includes(':') ? `[${host}]` : host}:${port}`;
