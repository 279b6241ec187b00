import { errorFields } from '../core/error-fields.ts';
import { connectRedis } from '../storage/redis/connection.ts';
import type { LimitRules } from './limit-store.ts';

/** When a bucket's use is announced to all replicas, by the script that counts it. */
export interface Announcement {
  channel: string;
  /** Up to so many slots no replica can have used more than its share: then nobody needs to know. */
  above: number;
  /** In between it is not known: what is announced as left is so much less. */
  every: number;
}

const STEPS_OF_LIMIT = 60;

export function announcementFor(channel: string, { limit }: LimitRules, replicas: number): Announcement {
  const every = Math.max(1, Math.floor(limit / STEPS_OF_LIMIT));
  return { channel, above: Math.floor(limit / replicas) - every, every };
}

/**
 * Hears what buckets have left that other replicas use. Listens on a connection of its own, since one that subscribes
 * takes no other commands. Without the news (a Redis user who may not subscribe) all works that does without.
 */
export function hearAnnouncements(
  redisUrl: string,
  channel: string,
  hear: (bucket: string, left: number) => void,
  log: { warn(fields: object, message: string): void },
): { close(): void } {
  // The other connection's faults are reported; they are these as well.
  const connection = connectRedis(redisUrl, '');
  connection.on('message', (_channel: string, message: string) => {
    const [left = '', bucket = ''] = message.split(' ');
    hear(bucket, Number(left));
  });
  connection.on('ready', () => {
    connection
      .subscribe(channel)
      .catch(error =>
        log.warn(
          { error: errorFields(error) },
          'no news of what other replicas use: should Redis be lost, they may send more than the limit for a minute',
        ),
      );
  });
  return { close: () => connection.disconnect() };
}
