import type { RedisOptions } from 'ioredis';

/** Where Redis is: one server by its URL, or a cluster or sentinels by some of their nodes. */
export type RedisTarget =
  | { kind: 'single'; url: string }
  | {
      kind: 'cluster' | 'sentinel';
      nodes: { host: string; port: number }[];
      name: string;
      options: RedisOptions;
    };

const FORMS =
  'must be redis://host:6379, redis+cluster://host:6379,host:6379 or redis+sentinel://host:26379,host:26379/name ' +
  '(rediss for TLS, user:password@ in front of the hosts)';

/**
 * Reads a REDIS_URL. WHATWG URLs know one host; clusters and sentinels are lists of them.
 * Throws an Error that says which forms there are.
 */
export function parseRedisUrl(url: string): RedisTarget {
  const [, tls, kind, user, password, list = '', name = '', query] =
    /^redis(s)?(?:\+(cluster|sentinel))?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]+)(?:\/([^?]*))?(\?.*)?$/.exec(
      url,
    ) ?? [];
  if (list === '') throw new Error(FORMS);
  const nodes = list.split(',').map(node => parseNode(node, kind === 'sentinel' ? 26379 : 6379));
  if (kind !== 'cluster' && kind !== 'sentinel') {
    if (nodes.length > 1 || !URL.canParse(url)) throw new Error(FORMS);
    return { kind: 'single', url };
  }
  if (query !== undefined) throw new Error(FORMS);
  const options: RedisOptions = {
    ...(user && { username: decodeURIComponent(user) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(tls && { tls: {} }),
  };
  return { kind, nodes, name: name || 'mymaster', options };
}

function parseNode(node: string, defaultPort: number) {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(node) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) throw new Error(FORMS);
  return { host, port: port === undefined ? defaultPort : Number(port) };
}
