import { Redis } from 'ioredis';

/** Every name in a Redis, and every text it holds. */
export async function everythingIn(url: string): Promise<string> {
  const redis = new Redis(url);
  const names = await redis.keys('*');
  const values = await Promise.all(names.map(name => readValue(redis, name)));
  redis.disconnect();
  return [...names, ...values.map(value => JSON.stringify(value))].join('\n');
}

async function readValue(redis: Redis, name: string): Promise<unknown> {
  const type = await redis.type(name);
  switch (type) {
    case 'string':
      return redis.get(name);
    case 'zset':
      return redis.zrange(name, '0', '-1', 'WITHSCORES');
    case 'hash':
      return redis.hgetall(name);
    case 'list':
      return redis.lrange(name, 0, -1);
    case 'set':
      return redis.smembers(name);
    case 'none':
      return 'gone meanwhile';
    default:
      throw new Error(`what is in ${name}, a ${type}, cannot be looked at`);
  }
}
