import type { RedisHealthMonitor } from '../redis/health-monitor.ts';
import type { Records } from './records.ts';

/** Redis is lost, and what was asked for is nowhere else. */
export class RedisLostError extends Error {
  constructor() {
    super('Redis is lost');
    this.name = 'RedisLostError';
  }
}

/** Records in Redis only. Rejects with RedisLostError while Redis is lost: memory would not know what other replicas stored. */
export function requiredRecords(redis: Records, health: RedisHealthMonitor): Records {
  const use = <Result>(ask: () => Promise<Result>) =>
    health.use(ask, () => Promise.reject(new RedisLostError()));
  return {
    get: name => use(() => redis.get(name)),
    set: (name, value, ttlMs) => use(() => redis.set(name, value, ttlMs)),
    setIfAbsent: (name, value, ttlMs) => use(() => redis.setIfAbsent(name, value, ttlMs)),
    delete: (name, value) => use(() => redis.delete(name, value)),
    append: (name, line, ttlMs) => use(() => redis.append(name, line, ttlMs)),
  };
}
