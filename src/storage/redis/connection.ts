import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { TO_MASTER, TO_SERVER } from './connectors.ts';
import { markErrorsOf } from './errors.ts';
import { parseRedisUrl } from './redis-url.ts';

const retryStrategy = (attempt: number) => Math.min(attempt * 100, 2_000);

/** Fail fast: every call waits for Redis, and goes on without it when a command fails. ioredis' defaults suit a cache. */
const OPTIONS: RedisOptions = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  // A command that was given up must not run later, after this process has acted otherwise.
  autoResendUnfulfilledCommands: false,
  // A last resort far above the health monitor's own timeout.
  commandTimeout: 5_000,
  connectTimeout: 2_000,
  retryStrategy,
  // After a failover the old master is a replica: reconnect to the new one.
  reconnectOnError: error => error.message.startsWith('READONLY'),
  connectionName: 'partoo-mcp',
  Connector: TO_SERVER,
};

/**
 * Opens a connection for a REDIS_URL (forms: redis-url.ts). ioredis prefixes every key with `keyPrefix`, in scripts too.
 * `onFault` is called with the reason of each failed connection attempt.
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
  if (target.kind === 'single') return new Redis(target.url, { ...OPTIONS, keyPrefix });
  const options = { ...OPTIONS, ...target.options, keyPrefix };
  if (target.kind === 'sentinel')
    return new Redis({
      ...options,
      sentinels: target.nodes,
      name: target.name,
      Connector: TO_MASTER,
    });
  return new Cluster(target.nodes, {
    enableOfflineQueue: false,
    clusterRetryStrategy: retryStrategy,
    redisOptions: options,
  });
}

/** Rejects while Redis is unusable. It writes, by a script: a full Redis still serves reads, and a user may lack scripts. */
export const probeRedis = (redis: Redis | Cluster): Promise<unknown> =>
  redis.eval("return redis.call('SET', KEYS[1], '1', 'PX', 1000)", 1, 'probe');

/** Resolves once Redis is connected, or after `ms`. */
export async function whenReady(redis: Redis | Cluster, ms: number): Promise<void> {
  if (redis.status === 'ready') return;
  // Not events.once, which rejects at the first error: a Redis that is starting refuses connections.
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  redis.once('ready', resolve);
  await promise;
  clearTimeout(timer);
  redis.off('ready', resolve);
}
