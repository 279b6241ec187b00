import type { Cluster, Redis } from 'ioredis';
import { inBackground } from '../../core/background.ts';
import { inWords, type RedisFault } from './redis-faults.ts';
import type { RedisReport, ReportLog } from './redis-report.ts';

export interface RedisStart {
  redis: Redis | Cluster;
  report: RedisReport;
  /** How long to wait for it. */
  waitMs: number;
  /** Rejects while Redis cannot be used. */
  probe(): Promise<unknown>;
  /** Called with the reason when the start goes on without Redis. */
  onLost(error: unknown): void;
  log: ReportLog;
}

/**
 * Waits until Redis answers, for a start that counts from the first call on. After `waitMs` it goes on without: Redis may
 * be starting too. Throws an Error that says what to mend for a fault that no waiting mends: a password, a
 * permission, TLS. A server that ran without its Redis for that would hide it.
 */
export async function startWithRedis({
  redis,
  report,
  waitMs,
  probe,
  onLost,
  log,
}: RedisStart): Promise<void> {
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  const give = (fault: RedisFault) => {
    if (fault.kind === 'operator')
      reject(new Error(`Redis at ${report.address} cannot be used: ${inWords(fault)}`));
  };
  let looked = false;
  const look = (error: unknown) => {
    const fault = report.explain(error);
    give(fault);
    if (fault.kind !== 'unclear' || looked) return;
    looked = true;
    inBackground(log, 'the diagnosis of Redis', async () => give(await report.diagnose(fault)));
  };
  // A wrong database number is told by an error too, and the connection is ready all the same, with another database.
  const leave = (error: unknown) => {
    look(error);
    onLost(error);
    resolve();
  };
  const ready = () =>
    inBackground(log, 'the first probe of Redis', () => probe().then(() => resolve(), leave));
  const timer = setTimeout(() => leave(new Error('Redis did not answer in time')), waitMs);
  redis.on('error', look);
  if (redis.status === 'ready') ready();
  else redis.once('ready', ready);
  try {
    await over;
  } finally {
    clearTimeout(timer);
    redis.off('error', look).off('ready', ready);
  }
}
