import type { Cluster, Redis } from 'ioredis';
import type { RedisHealthMonitor } from '../storage/redis/health-monitor.ts';
import { fieldOf, infoOf, mastersOf } from '../storage/redis/server-info.ts';

/** The wait that callers are given while Redis is lost: nobody knows when it will be back. */
const LOST_MS = 10_000;

/**
 * Decides when writes pause because replicas cannot share reservations: while Redis is lost, and after it has restarted or failed
 * over. It may have forgotten reservations then, so writes wait until each of those has ended.
 */
export class WritePause {
  readonly #redis: Redis | Cluster;
  readonly #health: RedisHealthMonitor;
  readonly #longestWriteMs: number;
  /** The run ids of the Redis processes seen last. */
  #runIds: string | undefined;
  /** On the clock of `performance.now()`. Infinity until Redis has been checked once. */
  #endsAt = Number.POSITIVE_INFINITY;

  constructor(redis: Redis | Cluster, health: RedisHealthMonitor, longestWriteMs: number) {
    this.#redis = redis;
    this.#health = health;
    this.#longestWriteMs = longestWriteMs;
    health.addResyncSource({ resync: () => this.#checkRestart() });
  }

  /** Checks Redis at the start, if it can be reached. */
  async open(): Promise<void> {
    await this.#health.use(
      () => this.#checkRestart(),
      async () => {},
    );
  }

  /** Milliseconds for which no write may start; 0 when one may. */
  get remainingMs(): number {
    const leftMs = Math.max(0, this.#endsAt - performance.now());
    return this.#health.lost || leftMs === Number.POSITIVE_INFINITY ? LOST_MS : leftMs;
  }

  async #checkRestart(): Promise<void> {
    const now = performance.now();
    const infos = await Promise.all(mastersOf(this.#redis).map(node => infoOf(node, 'server')));
    const ids = infos.map(info => fieldOf(info, 'run_id'));
    // Where INFO is forbidden, every loss may have been a restart.
    const runIds = ids.includes(undefined) ? undefined : ids.toSorted().join();
    const isFirst = this.#endsAt === Number.POSITIVE_INFINITY;
    const hasRestarted = !isFirst && (runIds === undefined || runIds !== this.#runIds);
    const upMs = hasRestarted ? 0 : Math.min(...infos.map(upMsOf));
    this.#runIds = runIds;
    this.#endsAt = Math.max(isFirst ? 0 : this.#endsAt, now + this.#longestWriteMs - upMs);
  }
}

/** A Redis that does not tell its uptime counts as an old one. */
const upMsOf = (info: string | undefined) =>
  Number(fieldOf(info, 'uptime_in_seconds') ?? Number.POSITIVE_INFINITY) * 1_000;
