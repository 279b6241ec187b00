import type { Cluster, Redis } from 'ioredis';
import type { RedisHealthMonitor } from '../storage/redis/health-monitor.ts';
import { fieldOf, infoOf, mastersOf } from '../storage/redis/server-info.ts';

/** When to ask again while Redis is lost: nobody knows when it will be back. */
const LOST_MS = 10_000;

/**
 * Knows whether replicas can tell each other of their writes. They cannot while Redis is lost, nor after it has restarted or failed
 * over until every write has ended that it may have forgotten, and its replica has told it again.
 */
export class SharedWrites {
  readonly #redis: Redis | Cluster;
  readonly #health: RedisHealthMonitor;
  readonly #longestWriteMs: number;
  /** The processes of Redis that were last seen. */
  #processes: string | undefined;
  /** On the clock of `performance.now()`. */
  #openAt = Number.POSITIVE_INFINITY;

  constructor(redis: Redis | Cluster, health: RedisHealthMonitor, longestWriteMs: number) {
    this.#redis = redis;
    this.#health = health;
    this.#longestWriteMs = longestWriteMs;
    health.addResyncSource({ resync: () => this.#look() });
  }

  /** Looks at a Redis that is there. */
  async open(): Promise<void> {
    await this.#health.use(
      () => this.#look(),
      async () => {},
    );
  }

  /** For how many milliseconds no write may begin; 0 when one may. */
  get closedMs(): number {
    const leftMs = Math.max(0, this.#openAt - performance.now());
    return this.#health.lost || leftMs === Number.POSITIVE_INFINITY ? LOST_MS : leftMs;
  }

  async #look(): Promise<void> {
    const now = performance.now();
    const infos = await Promise.all(mastersOf(this.#redis).map(node => infoOf(node, 'server')));
    const ids = infos.map(info => fieldOf(info, 'run_id'));
    // One that does not tell may be another each time.
    const processes = ids.includes(undefined) ? undefined : ids.toSorted().join();
    const isFirst = this.#openAt === Number.POSITIVE_INFINITY;
    const areOthers = !isFirst && (processes === undefined || processes !== this.#processes);
    const upMs = areOthers ? 0 : Math.min(...infos.map(info => upMsOf(info)));
    this.#processes = processes;
    this.#openAt = Math.max(isFirst ? 0 : this.#openAt, now + this.#longestWriteMs - upMs);
  }
}

/** Where it is not told, a Redis is taken to be as old as any. */
const upMsOf = (info: string | undefined) =>
  Number(fieldOf(info, 'uptime_in_seconds') ?? Number.POSITIVE_INFINITY) * 1_000;
