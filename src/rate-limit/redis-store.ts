import type { Cluster, Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import {
  type LimitRules,
  type LimitStore,
  type Reservation,
  randomSuffix,
  type SlotSnapshot,
} from './limit-store.ts';
import { SCRIPTS } from './redis-scripts.ts';
import type { Announcement } from './usage-announcements.ts';

type Argument = string | number;
type Command = (...args: Argument[]) => Promise<unknown>;

/** An entry that is dropped costs no safety: its slot stays booked for the whole delivery allowance. */
const MAX_SETTLED_BUCKETS = 10_000;

/** Slots in Redis: the replicas that share it share one limit. */
export class RedisStore implements LimitStore {
  readonly #redis: Redis | Cluster;
  readonly #rules: LimitRules;
  readonly #announcement: Argument[];
  readonly #now: () => number | '';
  /** Slots that settled since each bucket's last command, and when. */
  readonly #settled = new LRUCache<string, { ticket: string; at: number }[]>({ max: MAX_SETTLED_BUCKETS });

  /** `now` is for tests; by default Redis' own clock counts. */
  constructor(
    redis: Redis | Cluster,
    rules: LimitRules,
    { now = () => '', announcement }: { now?: () => number | ''; announcement?: Announcement } = {},
  ) {
    this.#redis = redis;
    this.#rules = rules;
    const { channel = '', above = 0, every = 1 } = announcement ?? {};
    this.#announcement = [channel, above, every];
    this.#now = now;
    for (const [name, lua] of Object.entries(SCRIPTS)) {
      redis.defineCommand(commandName(name), { lua, numberOfKeys: 5 });
    }
  }

  async reserve(bucket: string, queue: string, maxWaitMs: number): Promise<Reservation> {
    // Redis numbers the arrivals. If it loses count, the suffix keeps new tickets apart from old ones.
    const args = [queue, maxWaitMs, randomSuffix(), ...this.#announcement];
    const [granted, waitMs, third, ticket, bucketLeft] = (await this.#run('reserve', bucket, ...args)) as [
      granted: 0 | 1,
      waitMs: number,
      remainingOrPausedMs: number,
      ticket: string,
      bucketLeft: number,
    ];
    if (granted === 0) return { granted: false, waitMs, pausedMs: third, bucketLeft };
    return { granted: true, ticket, waitMs, remaining: third, bucketLeft };
  }

  async remainingWait(bucket: string, ticket: string): Promise<number | undefined> {
    return ((await this.#run('remainingWait', bucket, ticket)) as number | null) ?? undefined;
  }

  /**
   * Sent with the bucket's next command, so that a call costs one. Until then the slot is booked for up to the delivery allowance
   * longer than needed. A response later than that is sent at once: its slot would be free too early.
   */
  async settle(bucket: string, ticket: string, afterMs: number): Promise<void> {
    this.#settled.set(bucket, [...(this.#settled.get(bucket) ?? []), { ticket, at: this.#clock() }]);
    if (afterMs > this.#rules.deliveryAllowanceMs) await this.#run('settle', bucket);
  }

  async release(bucket: string, ticket: string): Promise<void> {
    await this.#run('release', bucket, ticket);
  }

  async pause(bucket: string, ms: number): Promise<void> {
    await this.#run('pause', bucket, ms);
  }

  async slotsOf(bucket: string, key: string): Promise<SlotSnapshot[]> {
    const pairs = (await this.#run('slotsOf', bucket, key)) as string[];
    return pairs.flatMap((ticket, i) => (i % 2 === 0 ? [{ ticket, countedInMs: Number(pairs[i + 1]) }] : []));
  }

  async importSlots(bucket: string, slots: SlotSnapshot[]): Promise<void> {
    await this.#run(
      'importSlots',
      bucket,
      ...slots.flatMap(({ ticket, countedInMs }) => [ticket, countedInMs]),
    );
  }

  #run(script: keyof typeof SCRIPTS, bucket: string, ...args: Argument[]): Promise<unknown> {
    // ioredis adds defined commands at run time, unknown to its types.
    const command = (this.#redis as unknown as Record<string, Command>)[commandName(script)] as Command;
    // The braces are a cluster hash tag, which keeps all keys of a bucket on one node.
    const base = `limit:{${bucket}}`;
    const keys = [`${base}:slots`, `${base}:paused`, `${base}:arrivals`, `${base}:left`, `${base}:planned`];
    const { limit, keyLimit, windowMs, deliveryAllowanceMs, maxWaiting } = this.#rules;
    const rules = [limit, keyLimit, windowMs, deliveryAllowanceMs, maxWaiting];
    const settled = this.#settled.get(bucket) ?? [];
    this.#settled.delete(bucket);
    const agesMs = settled.map(({ ticket, at }) => `${ticket} ${Math.floor(this.#clock() - at)}`);
    return command.call(this.#redis, ...keys, ...rules, agesMs.join(' '), ...args, this.#now());
  }

  /** For differences only: Redis' clock is not known here. */
  #clock(): number {
    return this.#now() || performance.now();
  }
}

const commandName = (script: string) => `partooMcpLimit_${script}`;
