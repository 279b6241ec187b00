import type { Cluster, Redis } from 'ioredis';
import type { Announcement } from './announced-use.ts';
import { chance, type LimitRules, type LimitStore, type NotedSlot, type Reservation } from './limit-store.ts';
import { SCRIPTS } from './redis-scripts.ts';

type ScriptName = keyof typeof SCRIPTS;
type Argument = string | number;
type Command = (...args: Argument[]) => Promise<unknown>;

/** Slots in Redis: replicas that share it share one limit. */
export class RedisStore implements LimitStore {
  readonly #redis: Redis | Cluster;
  readonly #rules: Argument[];
  readonly #now: () => number | '';
  readonly #windowMs: number;
  readonly #travelMs: number;
  readonly #settled = new Map<string, Settled[]>();
  readonly #announcement: Argument[];
  #sweptAt = 0;

  /** `now` is for tests; without it Redis' own clock counts. */
  constructor(
    redis: Redis | Cluster,
    rules: LimitRules,
    { now = () => '', announcement }: { now?: () => number | ''; announcement?: Announcement } = {},
  ) {
    this.#redis = redis;
    const { channel = '', above = 0, every = 1 } = announcement ?? {};
    this.#announcement = [channel, above, every];
    this.#rules = [rules.limit, rules.keyLimit, rules.windowMs, rules.travelMs, rules.maxWaiting];
    this.#now = now;
    this.#windowMs = rules.windowMs;
    this.#travelMs = rules.travelMs;
    for (const [name, lua] of Object.entries(SCRIPTS)) {
      redis.defineCommand(commandName(name), { lua, numberOfKeys: 5 });
    }
  }

  async reserve(bucket: string, key: string, maxWaitMs: number): Promise<Reservation> {
    // Redis numbers the arrivals; if it loses count, chance keeps an old ticket from being taken for a new one.
    const settled = this.#takeSettled(bucket);
    const answer = await this.#run(
      'reserve',
      bucket,
      key,
      maxWaitMs,
      chance(),
      ...this.#announcement,
      ...settled,
    );
    const [granted, waitMs, third, ticket, bucketLeft] = answer as [
      granted: 0 | 1,
      waitMs: number,
      remainingOrPausedMs: number,
      ticket: string,
      bucketLeft: number,
    ];
    if (granted === 0) return { granted: false, waitMs, pausedMs: third, bucketLeft };
    return { granted: true, ticket, waitMs, remaining: third, bucketLeft };
  }

  async turn(bucket: string, ticket: string): Promise<number | undefined> {
    return ((await this.#run('turn', bucket, ticket)) as number | null) ?? undefined;
  }

  /**
   * Told with what the bucket is asked for next, so that a call is one round trip. Until then the slot is booked for longer
   * than it need be, by two seconds at most, which is safe. Another replica that waits for it waits so much longer. An
   * answer that came later than was booked is told at once: until then the slot would be free too early.
   */
  async settle(bucket: string, ticket: string, afterMs: number): Promise<void> {
    const settled = this.#settled.get(bucket) ?? [];
    this.#settled.set(bucket, settled);
    settled.push({ ticket, at: this.#clock() });
    this.#forgetOld();
    if (afterMs > this.#travelMs) await this.#tellSettled(bucket);
  }

  async release(bucket: string, ticket: string): Promise<void> {
    await this.#run('release', bucket, ticket);
  }

  async pause(bucket: string, ms: number): Promise<void> {
    await this.#run('pause', bucket, ms);
  }

  async slotsOf(bucket: string, key: string): Promise<NotedSlot[]> {
    const pairs = (await this.#run('slotsOf', bucket, key)) as string[];
    return pairs.flatMap((ticket, i) => (i % 2 === 0 ? [{ ticket, countedInMs: Number(pairs[i + 1]) }] : []));
  }

  async note(bucket: string, slots: NotedSlot[]): Promise<void> {
    await this.#run('note', bucket, ...slots.flatMap(({ ticket, countedInMs }) => [ticket, countedInMs]));
  }

  /** What is no longer in the window needs not be told. */
  #forgetOld(): void {
    const now = this.#clock();
    if (now - this.#sweptAt < this.#windowMs) return;
    this.#sweptAt = now;
    for (const [bucket, settled] of this.#settled) {
      const latest = settled.at(-1)?.at ?? 0;
      if (latest < now - this.#windowMs) this.#settled.delete(bucket);
    }
  }

  async #tellSettled(bucket: string): Promise<void> {
    const settled = this.#takeSettled(bucket);
    if (settled.length > 0) await this.#send('settle', bucket, settled);
  }

  #takeSettled(bucket: string): Argument[] {
    const settled = this.#settled.get(bucket) ?? [];
    this.#settled.delete(bucket);
    const now = this.#clock();
    return settled.flatMap(({ ticket, at }) => [ticket, Math.floor(now - at)]);
  }

  /** For times apart: Redis' own clock is not known here. */
  #clock(): number {
    return this.#now() || performance.now();
  }

  async #run(script: ScriptName, bucket: string, ...args: Argument[]): Promise<unknown> {
    // What came first is told first, in the same write to the connection.
    const [, answer] = await Promise.all([this.#tellSettled(bucket), this.#send(script, bucket, args)]);
    return answer;
  }

  #send(script: ScriptName, bucket: string, args: Argument[]): Promise<unknown> {
    // ioredis adds defined commands to the instance at run time; its types cannot know their names.
    const commands = this.#redis as unknown as Record<string, Command>;
    const command = commands[commandName(script)] as Command;
    // The braces are a cluster hash tag: all keys of a bucket live on one node.
    const base = `limit:{${bucket}}`;
    const keys = [`${base}:slots`, `${base}:paused`, `${base}:arrivals`, `${base}:left`, `${base}:planned`];
    return command.call(this.#redis, ...keys, ...this.#rules, ...args, this.#now());
  }
}

interface Settled {
  ticket: string;
  at: number;
}

const commandName = (script: string) => `partooMcpLimit_${script}`;
