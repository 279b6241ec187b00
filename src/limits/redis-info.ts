import type { Cluster, Redis } from 'ioredis';
import { asRedisError } from './redis-errors.ts';

/** What commands about a whole server are sent to: the one Redis, or each master of a cluster. */
export const mastersOf = (redis: Redis | Cluster): Redis[] =>
  redis.isCluster ? (redis as Cluster).nodes('master') : [redis as Redis];

/** Undefined for a command that is forbidden, as managed servers do. A connection that is lost is another matter. */
export function refused(error: Error): undefined {
  if (error.name !== 'ReplyError') throw asRedisError(error);
}
