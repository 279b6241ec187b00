import { expect, test, vi } from 'vitest';
import { FailoverRecords } from '../../../src/storage/records/failover-records.ts';
import { MAX_RECORDS, MemoryRecords } from '../../../src/storage/records/memory-records.ts';
import { asRedisError } from '../../../src/storage/redis/errors.ts';
import { RedisHealthMonitor } from '../../../src/storage/redis/health-monitor.ts';

test('what a long loss of Redis leaves to resync is bounded', async () => {
  const back = vi.fn();
  const health = new RedisHealthMonitor({
    probe: async () => {},
    onLost: () => {},
    onBack: back,
    log: { error: () => {} },
  });
  const redis = new MemoryRecords();
  const deleted = vi.spyOn(redis, 'delete');
  const records = new FailoverRecords(redis, new MemoryRecords(), health);
  health.fail(asRedisError(new Error('down')));
  await Promise.all(Array.from({ length: 2 * MAX_RECORDS }, (_, number) => records.delete(`key-${number}`)));
  await expect.poll(() => back.mock.calls.length, { timeout: 5_000 }).toBe(1);
  expect(deleted).toHaveBeenCalledTimes(MAX_RECORDS);
  health.close();
});

test('a value that is deleted while a resync sets it does not stay in Redis', async () => {
  const back = vi.fn();
  const health = new RedisHealthMonitor({
    probe: async () => {},
    onLost: () => {},
    onBack: back,
    log: { error: () => {} },
    probeEveryMs: 10,
  });
  const redis = new MemoryRecords();
  const records = new FailoverRecords(redis, new MemoryRecords(), health);
  await records.setIfAbsent('write', 'first', 60_000);
  health.fail(asRedisError(new Error('down')));
  await records.delete('write', 'first');
  await records.setIfAbsent('write', 'second', 60_000);
  const setIfAbsent = redis.setIfAbsent.bind(redis);
  vi.spyOn(redis, 'setIfAbsent').mockImplementationOnce(async (...args) => {
    await records.delete('write', 'second');
    return setIfAbsent(...args);
  });
  await expect.poll(() => back.mock.calls.length, { timeout: 5_000 }).toBe(1);
  expect(await redis.get('write')).toBeUndefined();
  health.close();
});
