import { inject } from 'vitest';

/**
 * The Redis of this run, in a database that no other test file uses: an organization's limit, its pauses and writes
 * are shared by whoever shares a Redis. Undefined where there is none.
 */
export function redisDatabase(number: number): string | undefined {
  const url = inject('redisUrl');
  return url === undefined ? undefined : `${url}/${number}`;
}
