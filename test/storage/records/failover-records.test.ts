import { expect, test, vi } from 'vitest';
import { FailoverRecords } from '../../../src/storage/records/failover-records.ts';
import { MAX_RECORDS, MemoryRecords } from '../../../src/storage/records/memory-records.ts';
import { RedisHealthMonitor } from '../../../src/storage/redis/health-monitor.ts';
import { asRedisError } from '../../../src/storage/redis/redis-errors.ts';

test('a loss of Redis that lasts leaves no more to tell than memory holds', async () => {
  const back = vi.fn();
  const watch = new RedisHealthMonitor({
    probe: async () => {},
    onLost: () => {},
    onBack: back,
    log: { error: () => {} },
  });
  const redis = new MemoryRecords();
  const told = vi.spyOn(redis, 'delete');
  const records = new FailoverRecords(redis, new MemoryRecords(), watch);
  watch.fail(asRedisError(new Error('gone')));
  await Promise.all(Array.from({ length: 2 * MAX_RECORDS }, (_, number) => records.delete(`key-${number}`)));
  await expect.poll(() => back.mock.calls.length, { timeout: 5_000 }).toBe(1);
  expect(told).toHaveBeenCalledTimes(MAX_RECORDS);
  watch.close();
});
