import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, test } from 'vitest';
import { MemoryRecords } from '../../../src/storage/records/memory-records.ts';
import { MAX_JOURNAL_LENGTH, type Records, TRIMMED } from '../../../src/storage/records/records.ts';
import { RedisRecords } from '../../../src/storage/records/redis-records.ts';
import { connection } from '../../support/limit-stores.ts';

const redis = connection(inject('redisUrl'));
const cluster = connection(inject('redisClusterUrl'));

describe.each([
  { kind: 'memory', create: (): Records => new MemoryRecords(), given: test.skipIf(false) },
  { kind: 'Redis', create: (): Records => new RedisRecords(redis.get()), given: redis.given },
  { kind: 'Redis Cluster', create: (): Records => new RedisRecords(cluster.get()), given: cluster.given },
])('records in $kind', ({ create, given }) => {
  given('are set, read and deleted', async () => {
    const [records, name] = [create(), randomUUID()];
    expect(await records.get(name)).toBeUndefined();
    await records.set(name, 'one', 60_000);
    await records.set(name, 'two', 60_000);
    expect(await records.get(name)).toBe('two');
    await records.delete(name, 'one');
    expect(await records.get(name), 'another value is kept').toBe('two');
    await records.delete(name, 'two');
    expect(await records.get(name)).toBeUndefined();
    await records.set(name, 'three', 60_000);
    await records.delete(name);
    expect(await records.get(name)).toBeUndefined();
  });

  given('setIfAbsent sets once, and later returns the value without a change of its TTL', async () => {
    const [records, name] = [create(), randomUUID()];
    const results = await Promise.all(
      ['one', 'two', 'three'].map(value => records.setIfAbsent(name, value, 60_000)),
    );
    expect(results.filter(found => found === undefined)).toHaveLength(1);
    const found = await records.setIfAbsent(name, 'four', 30);
    expect(['one', 'two', 'three']).toContain(found);
    await sleep(60);
    expect(await records.get(name)).toBe(found);
  });

  given('concurrent appends lose no line', async () => {
    const [records, name] = [create(), randomUUID()];
    const lines = Array.from({ length: 50 }, (_, i) => `line ${i}`);
    await Promise.all(lines.map(line => records.append(name, line, 60_000)));
    expect((await records.get(name))?.split('\n').toSorted()).toEqual(lines.toSorted());
  });

  given('a long journal keeps its latest lines and is marked as trimmed', async () => {
    const [records, name] = [create(), randomUUID()];
    const line = (i: number) => `${i} ${'x'.repeat(MAX_JOURNAL_LENGTH / 4)}`;
    const linesWith = async (line: string) => {
      await records.append(name, line, 60_000);
      return (await records.get(name))?.split('\n');
    };
    for (const i of [1, 2, 3]) expect(await linesWith(line(i))).toHaveLength(i);
    for (const i of [4, 5]) {
      expect(await linesWith(line(i))).toEqual([TRIMMED, ...[i - 2, i - 1, i].map(line)]);
    }
    const huge = 'x'.repeat(2 * MAX_JOURNAL_LENGTH);
    expect(await linesWith(huge)).toEqual([TRIMMED, huge]);
    expect(await linesWith('next')).toEqual([TRIMMED, 'next']);
  });

  given('expire', async () => {
    const [records, name] = [create(), randomUUID()];
    await records.set(name, 'one', 30);
    await sleep(60);
    expect(await records.get(name)).toBeUndefined();
    expect(await records.setIfAbsent(name, 'two', 1_000)).toBeUndefined();
  });
});

test('memory releases an expired record without a read', async () => {
  const records = new MemoryRecords();
  await records.set('expires', 'one', 30);
  await records.set('stays', 'two', 60_000);
  expect(records.size).toBe(2);
  await expect.poll(() => records.size).toBe(1);
  await records.delete('stays');
});

describe('records in memory', () => {
  test('leave out the least recently used once all together are too long', async () => {
    const records = new MemoryRecords(1_000);
    for (const name of ['one', 'two', 'three']) await records.set(name, name.repeat(100), 60_000);
    expect(await records.get('one')).toBeUndefined();
    expect(await records.get('three')).toBe('three'.repeat(100));
    await records.set('huge', 'x'.repeat(2_000), 60_000);
    expect(await records.get('huge')).toBeUndefined();
    expect(await records.get('three')).toBe('three'.repeat(100));
  });

  test('are kept for a time beyond the longest timer', async () => {
    const records = new MemoryRecords();
    await records.set('months', 'value', 90 * 86_400_000);
    await sleep(20);
    expect(await records.get('months')).toBe('value');
  });
});
