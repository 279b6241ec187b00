import type { Cluster, Redis } from 'ioredis';
import { MAX_JOURNAL_LENGTH, type Records, TRIMMED } from './records.ts';

/** KEYS: the record. ARGV: value, TTL in ms. Returns the existing value. SET with both NX and GET takes Redis 7. */
const SET_IF_ABSENT = `
local value = redis.call('GET', KEYS[1])
if not value then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return value
`;

/** KEYS: the record. ARGV: the value that it must still have. Returns nil. */
const DELETE_VALUE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** KEYS: the journal. ARGV: line, TTL in ms. Returns nil. */
const APPEND = `
local journal = redis.call('GET', KEYS[1])
journal = journal and (journal .. '\\n' .. ARGV[1]) or ARGV[1]
if #journal > ${MAX_JOURNAL_LENGTH} then
  local from = #journal - ${MAX_JOURNAL_LENGTH}
  local cut = string.find(journal, '\\n', from, true)
  journal = '${TRIMMED}\\n' .. (cut and string.sub(journal, cut + 1) or ARGV[1])
end
redis.call('SET', KEYS[1], journal, 'PX', ARGV[2])
`;

/** The commands that the constructor defines: ioredis adds them at run time, unknown to its types. */
interface Commands {
  partooMcpAddRecord(name: string, value: string, ttlMs: number): Promise<string | null>;
  partooMcpDeleteRecord(name: string, value: string): Promise<null>;
  partooMcpAppendRecord(name: string, line: string, ttlMs: number): Promise<null>;
}

/** Records in Redis, shared by all replicas. */
export class RedisRecords implements Records {
  readonly #redis: (Redis | Cluster) & Commands;

  constructor(redis: Redis | Cluster) {
    redis.defineCommand('partooMcpAddRecord', { lua: SET_IF_ABSENT, numberOfKeys: 1 });
    redis.defineCommand('partooMcpDeleteRecord', { lua: DELETE_VALUE, numberOfKeys: 1 });
    redis.defineCommand('partooMcpAppendRecord', { lua: APPEND, numberOfKeys: 1 });
    this.#redis = redis as (Redis | Cluster) & Commands;
  }

  async get(name: string): Promise<string | undefined> {
    return (await this.#redis.get(name)) ?? undefined;
  }

  async set(name: string, value: string, ttlMs: number): Promise<void> {
    await this.#redis.set(name, value, 'PX', Math.ceil(ttlMs));
  }

  async setIfAbsent(name: string, value: string, ttlMs: number): Promise<string | undefined> {
    return (await this.#redis.partooMcpAddRecord(name, value, Math.ceil(ttlMs))) ?? undefined;
  }

  async append(name: string, line: string, ttlMs: number): Promise<void> {
    await this.#redis.partooMcpAppendRecord(name, line, Math.ceil(ttlMs));
  }

  async delete(name: string, value?: string): Promise<void> {
    if (value === undefined) await this.#redis.del(name);
    else await this.#redis.partooMcpDeleteRecord(name, value);
  }
}
