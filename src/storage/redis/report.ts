import type { Cluster, Redis } from 'ioredis';
import { type FaultLog, inBackground } from '../../core/background.ts';
import { diagnoseNode } from './diagnose-node.ts';
import { describeFault, explainRedisError, type RedisFault } from './faults.ts';
import { type RedisNode, redisNodes } from './redis-url.ts';
import { evictionPolicies } from './server-info.ts';

const REMIND_EVERY_MS = 60_000;
/** How long a connection error explains failed commands. ioredis reconnects at least every two seconds. */
const EXPLAINS_MS = 5_000;

/** The part of a logger that the report writes to. */
type ReportLog = Record<'info' | 'warn' | 'error', FaultLog['error']>;

export interface RedisReportOptions {
  url: string;
  log: ReportLog;
  /** Requests per minute that this replica may send on its own. */
  perMinute: number;
  /** How many replicas share this Redis; above one, none writes while it is lost. */
  replicas: number;
  /** How often a lasting reason is logged again; for tests. */
  remindEveryMs?: number;
}

/** Logs where Redis fails and why: when it is lost, when the reason changes, and every minute. */
export class RedisReport {
  readonly #options: RedisReportOptions;
  readonly #nodes: RedisNode[];
  readonly #tls: boolean;
  /** Host and port of each node, without the password. */
  readonly address: string;
  /** Why the connection failed: a command's own error only says that there is none. */
  #connectionFailure: { fault: RedisFault; at: number } | undefined;
  /** When each reason was last logged. */
  readonly #loggedAt = new Map<string, number>();

  constructor(options: RedisReportOptions) {
    this.#options = options;
    ({ nodes: this.#nodes, tls: this.#tls } = redisNodes(options.url));
    this.address = this.#nodes.map(addressOf).join(',');
  }

  /** The reason of a connection that failed in the last seconds. */
  get connectionFault(): RedisFault | undefined {
    const { fault, at } = this.#connectionFailure ?? { at: Number.NEGATIVE_INFINITY };
    return performance.now() - at < EXPLAINS_MS ? fault : undefined;
  }

  connectionFailed(error: unknown): void {
    const fault = explainRedisError(error);
    // An unclear fault does not replace a recent clear one.
    if (fault.kind === 'unclear' && (this.connectionFault?.kind ?? 'unclear') !== 'unclear') return;
    this.#connectionFailure = { fault, at: performance.now() };
  }

  lost(error: unknown): void {
    this.#loggedAt.clear();
    const writes = this.#options.replicas > 1 ? ' and makes no write' : '';
    this.#warn('lost', this.#explain(error), `until it is back, this replica counts on its own${writes}`);
  }

  stillLost(error: unknown): void {
    inBackground(this.#options.log, 'the diagnosis of Redis', async () => {
      this.#warn('still lost', await this.diagnose(error), 'this replica continues to count on its own');
    });
  }

  back(): void {
    this.#options.log.info({ redis: this.address }, 'Redis is back: limits are shared again');
  }

  /** Warns when a full Redis would evict keys instead of refusing writes. */
  async checkEviction(redis: Redis | Cluster): Promise<void> {
    // A Redis that is lost meanwhile is checked again when it is back.
    for (const policy of await evictionPolicies(redis).catch(() => ['noeviction'])) {
      if (policy === 'noeviction') continue;
      const what =
        policy === undefined
          ? `Redis at ${this.address} does not tell its maxmemory-policy. Unless it is noeviction, Redis`
          : `Redis at ${this.address} has the maxmemory-policy ${policy}: when full, it`;
      this.#options.log.warn(
        { redis: this.address, policy },
        `${what} may forget writes, which are then sent again when asked for again, and requests that count towards ` +
          'the limit. Set maxmemory-policy to noeviction (on a managed Redis, turn eviction off).',
      );
    }
  }

  /** Explains a failed command, by the connection's own error and a look at the nodes if the command's is unclear. */
  async diagnose(error: unknown): Promise<RedisFault> {
    const fault = this.#explain(error);
    if (fault.kind !== 'unclear') return fault;
    const found = await Promise.all(
      this.#nodes.map(async node => {
        const fault = await diagnoseNode(node, this.#tls);
        if (!fault || this.#nodes.length === 1) return fault;
        return { ...fault, why: `${addressOf(node)}: ${fault.why}` };
      }),
    );
    return found.find(fault => fault?.kind === 'operator') ?? found.find(Boolean) ?? fault;
  }

  #explain(error: unknown): RedisFault {
    const fault = explainRedisError(error);
    return fault.kind === 'unclear' ? (this.connectionFault ?? fault) : fault;
  }

  #warn(state: string, fault: RedisFault, consequence: string): void {
    const { log, perMinute, remindEveryMs = REMIND_EVERY_MS } = this.#options;
    const now = performance.now();
    if (now - (this.#loggedAt.get(fault.why) ?? Number.NEGATIVE_INFINITY) < remindEveryMs) return;
    this.#loggedAt.set(fault.why, now);
    const why = describeFault(fault);
    log.warn(
      { redis: this.address, why, perMinute },
      `Redis is ${state} (${this.address}: ${why}): ${consequence}`,
    );
  }
}

const addressOf = ({ host, port }: RedisNode) => `${host.includes(':') ? `[${host}]` : host}:${port}`;
