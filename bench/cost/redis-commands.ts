import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/**
 * Counts the commands that clients send to a Redis while `during` runs. Uses MONITOR, because INFO commandstats also counts
 * the commands of scripts.
 */
export async function commandsSent(
  url: string,
  during: () => Promise<unknown>,
): Promise<Map<string, number>> {
  const redis = new Redis(url);
  const monitor = await redis.monitor();
  const counts = new Map<string, number>();
  monitor.on('monitor', (_time: string, args: string[], source: string) => {
    const name = String(args[0]).toUpperCase();
    if (source !== 'lua') counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  await during();
  await sleep(200);
  monitor.disconnect();
  redis.disconnect();
  return counts;
}
