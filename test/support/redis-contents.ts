import { Redis } from 'ioredis';

/** Returns every key name and every value of a Redis as text. */
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
      return 'expired meanwhile';
    default:
      throw new Error(`cannot read ${name}: unknown type ${type}`);
  }
}
