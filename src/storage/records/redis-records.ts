import type { Cluster, Redis } from 'ioredis';
import { type FoundRecord, linesOf, MAX_JOURNAL_LENGTH, type Records, TRIMMED } from './records.ts';

/** KEYS[1] the record, ARGV value, ttl ms → nil when it was set, else {value, ttl ms} of what is there. */
const ADD = `
local value = redis.call('GET', KEYS[1])
if value then return { value, redis.call('PTTL', KEYS[1]) } end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
`;

/** KEYS[1] the record, ARGV the value that it must have. */
const DELETE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** KEYS[1] the journal, ARGV line, ttl ms → the journal with it. */
const APPEND = `
local journal = redis.call('GET', KEYS[1])
journal = journal and (journal .. '\\n' .. ARGV[1]) or ARGV[1]
if #journal > ${MAX_JOURNAL_LENGTH} then
  local from = #journal - ${MAX_JOURNAL_LENGTH}
  local cut = string.find(journal, '\\n', from, true)
  journal = '${TRIMMED}\\n' .. (cut and string.sub(journal, cut + 1) or ARGV[1])
end
redis.call('SET', KEYS[1], journal, 'PX', ARGV[2])
return journal
`;

type Append = (name: string, line: string, ttlMs: number) => Promise<string>;
type Delete = (name: string, value: string) => Promise<null>;
type Add = (name: string, value: string, ttlMs: number) => Promise<[string, number] | null>;

/** Records in Redis, shared by all replicas. */
export class RedisRecords implements Records {
  readonly #redis: Redis | Cluster;

  constructor(redis: Redis | Cluster) {
    this.#redis = redis;
    redis.defineCommand('partooMcpAddRecord', { lua: ADD, numberOfKeys: 1 });
    redis.defineCommand('partooMcpDeleteRecord', { lua: DELETE, numberOfKeys: 1 });
    redis.defineCommand('partooMcpAppendRecord', { lua: APPEND, numberOfKeys: 1 });
  }

  async get(name: string): Promise<string | undefined> {
    return (await this.#redis.get(name)) ?? undefined;
  }

  async set(name: string, value: string, ttlMs: number): Promise<void> {
    await this.#redis.set(name, value, 'PX', Math.ceil(ttlMs));
  }

  async setIfAbsent(name: string, value: string, ttlMs: number): Promise<FoundRecord | undefined> {
    // ioredis adds defined commands to the instance at run time; its types cannot know their names.
    const { partooMcpAddRecord } = this.#redis as unknown as { partooMcpAddRecord: Add };
    const found = await partooMcpAddRecord.call(this.#redis, name, value, Math.ceil(ttlMs));
    return found ? { value: found[0], ttlMs: found[1] } : undefined;
  }

  async append(name: string, line: string, ttlMs: number): Promise<string[]> {
    const { partooMcpAppendRecord } = this.#redis as unknown as { partooMcpAppendRecord: Append };
    return linesOf(await partooMcpAppendRecord.call(this.#redis, name, line, Math.ceil(ttlMs)));
  }

  async delete(name: string, value?: string): Promise<void> {
    const { partooMcpDeleteRecord } = this.#redis as unknown as { partooMcpDeleteRecord: Delete };
    if (value === undefined) await this.#redis.del(name);
    else await partooMcpDeleteRecord.call(this.#redis, name, value);
  }
}
