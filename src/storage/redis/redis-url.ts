import type { RedisOptions } from 'ioredis';

export interface RedisNode {
  host: string;
  port: number;
}

/** One server by its URL, or a cluster or sentinels by some of their nodes. */
type RedisTarget =
  | { kind: 'single'; url: string }
  | { kind: 'cluster' | 'sentinel'; nodes: RedisNode[]; name: string; options: RedisOptions };

const FORMS =
  'must be redis://host:6379, redis+cluster://host:6379,host:6379 or redis+sentinel://host:26379,host:26379/name ' +
  '(rediss for TLS, user:password@ in front of the hosts, percent-encoded)';

/** All others are refused: some would make ioredis behave in a way this server does not expect, and it ignores the rest. */
const PARAMETERS = ['family', 'db'];

/** A password may contain an @, as in WHATWG URLs: the last one ends it. */
const URL_PARTS =
  /^redis(s)?(?:\+(cluster|sentinel))?:\/\/(?:([^:@/]*)(?::(.*))?@)?([^@/?]+)(?:\/([^?]*))?(\?.*)?$/;

/** Parses a REDIS_URL. WHATWG URLs have one host, clusters and sentinels several. Throws an Error that lists the forms. */
export function parseRedisUrl(url: string): RedisTarget {
  const [, tls, kind, user, password, list = '', name = '', query] = URL_PARTS.exec(url) ?? [];
  const nodes = parseNodes(list, kind);
  if (kind !== 'cluster' && kind !== 'sentinel') {
    if (nodes.length > 1 || !URL.canParse(url)) throw new Error(FORMS);
    const unknown = [...new URL(url).searchParams.keys()].filter(name => !PARAMETERS.includes(name));
    if (unknown.length > 0) {
      throw new Error(
        `has ?${unknown.join('&')}, which would be ignored; it takes only ${PARAMETERS.join(' and ')}`,
      );
    }
    return { kind: 'single', url };
  }
  if (query !== undefined || (kind === 'cluster' && name !== '')) throw new Error(FORMS);
  const options: RedisOptions = {
    ...(user && { username: decodeURIComponent(user) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(tls && { tls: {} }),
  };
  return { kind, nodes, name: name || 'mymaster', options };
}

/** The servers of a valid REDIS_URL, and whether they use TLS, which sentinels do not. */
export function redisNodes(url: string): { nodes: RedisNode[]; tls: boolean } {
  const [, tls, kind, , , list = ''] = URL_PARTS.exec(url) ?? [];
  return { nodes: parseNodes(list, kind), tls: tls !== undefined && kind !== 'sentinel' };
}

function parseNodes(list: string, kind: string | undefined): RedisNode[] {
  if (list === '') throw new Error(FORMS);
  return list.split(',').map(node => parseNode(node, kind === 'sentinel' ? 26379 : 6379));
}

function parseNode(node: string, defaultPort: number): RedisNode {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(node) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port ?? 0) > 65_535) throw new Error(FORMS);
  return { host, port: port === undefined ? defaultPort : Number(port) };
}
