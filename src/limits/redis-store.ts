import type { Cluster, Redis } from 'ioredis';
import { SCRIPTS } from './redis-scripts.ts';
import type { LimitOptions, LimitStore, Reservation } from './store.ts';

type ScriptName = keyof typeof SCRIPTS;
type Command = (...args: (string | number)[]) => Promise<unknown>;

/** Slots in Redis: replicas that share it share one limit. */
export class RedisStore implements LimitStore {
  readonly #redis: Redis | Cluster;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number | '';

  /** `now` is for tests; without it Redis' own clock counts. */
  constructor(redis: Redis | Cluster, { limit, windowMs }: LimitOptions, now: () => number | '' = () => '') {
    this.#redis = redis;
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#now = now;
    for (const [name, lua] of Object.entries(SCRIPTS)) {
      redis.defineCommand(commandName(name), { lua, numberOfKeys: 2 });
    }
  }

  async reserve(bucket: string, ticket: string, maxWaitMs: number): Promise<Reservation> {
    const reply = await this.#run('reserve', bucket, this.#limit, this.#windowMs, maxWaitMs, ticket);
    const [granted, ms] = reply as [0 | 1, number];
    return granted === 1 ? { granted: true, waitMs: ms } : { granted: false, retryAfterMs: ms };
  }

  async waitLeft(bucket: string, ticket: string): Promise<number | undefined> {
    return ((await this.#run('waitLeft', bucket, ticket)) as number | null) ?? undefined;
  }

  async release(bucket: string, ticket: string): Promise<void> {
    await this.#run('release', bucket, ticket);
  }

  async pause(bucket: string, ms: number): Promise<void> {
    await this.#run('pause', bucket, this.#windowMs, ms);
  }

  #run(script: ScriptName, bucket: string, ...args: (string | number)[]): Promise<unknown> {
    // ioredis adds defined commands to the instance at run time; its types cannot know their names.
    const commands = this.#redis as unknown as Record<string, Command>;
    const command = commands[commandName(script)] as Command;
    // The braces are a cluster hash tag: both keys of a bucket live on one node.
    const base = `partoo-mcp:limit:{${bucket}}`;
    return command.call(this.#redis, `${base}:slots`, `${base}:paused`, ...args, this.#now());
  }
}

const commandName = (script: string) => `partooMcpLimit_${script}`;
