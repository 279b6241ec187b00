import { inject } from 'vitest';

/**
 * Returns the URL of a database on the Redis of this run, or undefined without Redis. Each test file uses its own database,
 * because servers on one database share limits, pauses and writes.
 */
export function redisDatabase(number: number): string | undefined {
  const url = inject('redisUrl');
  return url === undefined ? undefined : `${url}/${number}`;
}
