import { once } from 'node:events';
import { Cluster, Redis, type RedisOptions } from 'ioredis';

/**
 * ioredis' defaults suit a cache; this is a gate in front of every call. A command that cannot be
 * answered now fails now, and the limiter goes on without Redis.
 */
const GATE_OPTIONS: RedisOptions = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  commandTimeout: 500,
  connectTimeout: 2_000,
  retryStrategy: attempt => Math.min(attempt * 100, 2_000),
  connectionName: 'partoo-mcp',
};

/**
 * Opens a connection for one of the forms of REDIS_URL:
 *
 *     redis://user:password@host:6379/0             one server (rediss:// for TLS)
 *     redis+cluster://user:password@a:6379,b:6379   a cluster, by some of its nodes
 *     redis+sentinel://:password@a:26379,b/mymaster a master that sentinels watch
 */
export function connectRedis(url: string): Redis | Cluster {
  const [scheme] = url.split('://', 1);
  if (scheme !== 'redis+cluster' && scheme !== 'redis+sentinel') return new Redis(url, GATE_OPTIONS);

  const { hosts, name, credentials } = parseHosts(url);
  if (scheme === 'redis+cluster') {
    return new Cluster(hosts, {
      enableOfflineQueue: false,
      clusterRetryStrategy: attempt => Math.min(attempt * 100, 2_000),
      redisOptions: { ...GATE_OPTIONS, ...credentials },
    });
  }
  return new Redis({ ...GATE_OPTIONS, ...credentials, sentinels: hosts, name: name || 'mymaster' });
}

/** Waits until Redis answers, for a start that counts from the first call on. Gives up quietly after `ms`. */
export async function whenReady(redis: Redis | Cluster, ms: number): Promise<void> {
  if (redis.status === 'ready') return;
  await once(redis, 'ready', { signal: AbortSignal.timeout(ms) }).catch(() => {});
}

/** WHATWG URLs know one host; these lists have several. */
function parseHosts(url: string) {
  const [, user = '', password = '', list = '', name = ''] =
    /^[^:]+:\/\/(?:([^:@]*)(?::([^@]*))?@)?([^/]+)(?:\/(.*))?$/.exec(url) ?? [];
  const defaultPort = url.startsWith('redis+sentinel') ? 26379 : 6379;
  const hosts = list.split(',').map(item => {
    const [, host = item, port] = /^(.*?)(?::(\d+))?$/.exec(item) ?? [];
    return { host, port: port ? Number(port) : defaultPort };
  });
  const credentials = {
    ...(user && { username: decodeURIComponent(user) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
  return { hosts, name, credentials };
}
