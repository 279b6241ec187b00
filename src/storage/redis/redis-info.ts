import type { Cluster, Redis } from 'ioredis';
import { asRedisError } from './redis-errors.ts';

/** What commands about a whole server are sent to: the one Redis, or each master of a cluster. */
export const mastersOf = (redis: Redis | Cluster): Redis[] =>
  redis.isCluster ? (redis as Cluster).nodes('master') : [redis as Redis];

/** A section of what a server tells of itself; undefined where INFO is forbidden. Rejects when the connection is lost. */
export const infoOf = (node: Redis, section: string): Promise<string | undefined> =>
  node.info(section).catch(refused);

/** A field of an INFO. */
export const fieldOf = (info: string | undefined, name: string) =>
  new RegExp(`^${name}:(\\S+)`, 'm').exec(info ?? '')?.[1];

/** Undefined for a command that is forbidden, as managed servers do. A connection that is lost is another matter. */
export function refused(error: Error): undefined {
  if (error.name !== 'ReplyError') throw asRedisError(error);
}
