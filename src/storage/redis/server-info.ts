import type { Cluster, Redis } from 'ioredis';
import { asRedisError } from './errors.ts';

/** The servers that server-wide commands go to: the single Redis, or each master of a cluster. */
export const mastersOf = (redis: Redis | Cluster): Redis[] =>
  redis.isCluster ? (redis as Cluster).nodes('master') : [redis as Redis];

/** Returns a section of INFO; undefined where INFO is forbidden. Rejects when the connection is lost. */
export const infoOf = (node: Redis, section: string): Promise<string | undefined> =>
  node.info(section).catch(ifForbidden);

export const fieldOf = (info: string | undefined, name: string) =>
  new RegExp(`^${name}:(\\S+)`, 'm').exec(info ?? '')?.[1];

/**
 * Returns the distinct `maxmemory-policy` values of all masters. Managed servers often forbid CONFIG or INFO: the
 * value is undefined where both are forbidden. Rejects when the connection is lost.
 */
export async function evictionPolicies(redis: Redis | Cluster): Promise<(string | undefined)[]> {
  const policies = mastersOf(redis).map(async node => {
    const policy = fieldOf(await infoOf(node, 'memory'), 'maxmemory_policy');
    if (policy !== undefined) return policy;
    const reply = await node.config('GET', 'maxmemory-policy').catch(ifForbidden);
    return Array.isArray(reply) ? reply[1] : undefined;
  });
  return [...new Set(await Promise.all(policies))];
}

/** Turns an error reply into undefined, and rethrows an error of the connection. */
function ifForbidden(error: Error): undefined {
  if (error.name !== 'ReplyError') throw asRedisError(error);
}
