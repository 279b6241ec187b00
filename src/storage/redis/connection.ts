import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { markErrorsOf } from './redis-errors.ts';
import { parseRedisUrl } from './redis-url.ts';

const retryStrategy = (attempt: number) => Math.min(attempt * 100, 2_000);

/**
 * ioredis' defaults suit a cache; this is a gate in front of every call. A command that cannot be
 * answered now fails now, and the limiter goes on without Redis.
 */
const GATE_OPTIONS: RedisOptions = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  // What was given up on must not happen later, when something else has happened instead.
  autoResendUnfulfilledCommands: false,
  // Far beyond what the watch waits (redis-watch.ts): only so that nothing stays for ever.
  commandTimeout: 5_000,
  connectTimeout: 2_000,
  retryStrategy,
  // A master that became a replica in a failover: connect anew, to whoever is the master now.
  reconnectOnError: error => error.message.startsWith('READONLY'),
  connectionName: 'partoo-mcp',
};

/**
 * Opens a connection for a REDIS_URL (redis-url.ts has its forms). ioredis puts `keyPrefix` in front of every key that a
 * command or a script names, so that no other code knows of it. `onFault` hears why the connection fails, at each attempt.
 */
export function connectRedis(
  url: string,
  keyPrefix: string,
  onFault: (error: unknown) => void = () => {},
): Redis | Cluster {
  const redis = markErrorsOf(open(url, keyPrefix));
  // Without a listener ioredis prints every failed attempt itself.
  for (const event of ['error', 'node error', 'sentinelError']) redis.on(event, onFault);
  return redis;
}

function open(url: string, keyPrefix: string): Redis | Cluster {
  const target = parseRedisUrl(url);
  if (target.kind === 'single') return new Redis(target.url, { ...GATE_OPTIONS, keyPrefix });
  const options = { ...GATE_OPTIONS, ...target.options, keyPrefix };
  if (target.kind === 'sentinel')
    return new Redis({ ...options, sentinels: target.nodes, name: target.name });
  return new Cluster(target.nodes, {
    enableOfflineQueue: false,
    clusterRetryStrategy: retryStrategy,
    redisOptions: options,
  });
}

/**
 * Rejects while Redis cannot be used. As everything here it writes by a script: a full Redis answers reads, and a user may
 * be allowed commands and no scripts.
 */
export const probeRedis = (redis: Redis | Cluster): Promise<unknown> =>
  redis.eval("return redis.call('SET', KEYS[1], '1', 'PX', 1000)", 1, 'probe');

/** Waits until Redis answers. Gives up quietly after `ms`. */
export async function whenReady(redis: Redis | Cluster, ms: number): Promise<void> {
  if (redis.status === 'ready') return;
  // Not events.once: that gives up at the first refusal, which a Redis that is starting answers with.
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, ms);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
