import { Redis } from 'ioredis';

export interface RedisKey {
  name: string;
  /** Negative if the key never expires. */
  ttlMs: number;
}

/** Returns every key, except those that expire meanwhile. */
export async function keysOf(url: string): Promise<RedisKey[]> {
  const redis = new Redis(url);
  const names = await redis.keys('*');
  const keys = await Promise.all(names.map(async name => ({ name, ttlMs: await redis.pttl(name) })));
  redis.disconnect();
  return keys.filter(({ ttlMs }) => ttlMs !== -2);
}
