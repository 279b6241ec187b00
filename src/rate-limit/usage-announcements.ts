import { errorFields } from '../core/error-fields.ts';
import { connectRedis } from '../storage/redis/connection.ts';
import type { LimitRules } from './limit-store.ts';

/** When the script that counts a request announces the bucket's usage to all replicas. */
export interface Announcement {
  channel: string;
  /** Announce only above this many slots in use. Below it no replica can have exceeded its share. */
  above: number;
  /** Slots between two announcements. Each understates the slots left, by as much as may be used before the next one. */
  every: number;
}

const STEPS_PER_LIMIT = 60;

export function announcementFor(channel: string, { limit }: LimitRules, replicas: number): Announcement {
  const every = Math.max(1, Math.floor(limit / STEPS_PER_LIMIT));
  return { channel, above: Math.floor(limit / replicas) - every, every };
}

/**
 * Calls `onUsage` with what each announced bucket has left. Opens a connection of its own, since one that subscribes takes
 * no other commands. If the Redis user may not subscribe, everything else still works.
 */
export function subscribeToUsage(
  redisUrl: string,
  channel: string,
  onUsage: (bucket: string, left: number) => void,
  log: { warn(fields: object, message: string): void },
): { close(): void } {
  // The main connection reports the faults of this Redis.
  const connection = connectRedis(redisUrl, '');
  connection.on('message', (_channel: string, message: string) => {
    const [left = '', bucket = ''] = message.split(' ');
    onUsage(bucket, Number(left));
  });
  connection.on('ready', () => {
    connection
      .subscribe(channel)
      .catch(error =>
        log.warn(
          { error: errorFields(error) },
          'cannot learn what other replicas use: if Redis is lost, they may exceed the limit for a minute',
        ),
      );
  });
  return { close: () => connection.disconnect() };
}
