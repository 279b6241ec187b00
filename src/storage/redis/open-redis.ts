import type { Cluster, Redis } from 'ioredis';
import { inBackground } from '../../core/background.ts';
import { connectRedis, probeRedis } from './connection.ts';
import { describeFault } from './faults.ts';
import { RedisHealthMonitor } from './health-monitor.ts';
import { RedisReport, type RedisReportOptions } from './report.ts';

/** How long a start waits for Redis before it goes on without. */
const START_MS = 3_000;

export interface OpenRedis {
  client: Redis | Cluster;
  health: RedisHealthMonitor;
  /**
   * Waits until Redis is usable, at most a few seconds: it may be starting too. Throws for a fault that only an
   * operator can fix (a password, a permission, TLS), which a server running without its Redis would hide.
   */
  start(): Promise<void>;
  close(): void;
}

/** Connects to Redis, monitors its health and reports its faults. Every key gets `keyPrefix`. */
export function openRedis({ keyPrefix, ...options }: RedisReportOptions & { keyPrefix: string }): OpenRedis {
  const { url, log } = options;
  const report = new RedisReport(options);
  const client = connectRedis(url, keyPrefix, error => report.connectionFailed(error));
  const probe = () => probeRedis(client);
  const health = new RedisHealthMonitor({
    probe,
    onLost: error => report.lost(error),
    onStillLost: error => report.stillLost(error),
    onBack: () => report.back(),
    log,
  });
  // A server that closes its connection may come back empty. A cluster emits `-node` for each of its nodes.
  for (const event of ['close', '-node']) {
    client.on(event, () => health.fail(new Error('the connection to Redis ended')));
  }
  client.on('ready', () => {
    report.connected();
    inBackground(log, 'the check of the eviction policy of Redis', () => report.checkEviction(client));
  });
  async function start(): Promise<void> {
    const { promise: started, resolve, reject } = Promise.withResolvers<void>();
    const check = async (error: unknown) => {
      const fault = await report.diagnose(error);
      if (fault.kind !== 'operator') return;
      reject(new Error(`Redis at ${report.address} cannot be used: ${describeFault(fault)}`));
    };
    const goOnWithout = async (error: unknown) => {
      await check(error);
      health.fail(error);
      resolve();
    };
    // ioredis emits an error for a wrong database number, and is ready all the same, with another database.
    const onError = (error: unknown) => inBackground(log, 'the diagnosis of Redis', () => check(error));
    const onReady = () =>
      inBackground(log, 'the first probe of Redis', () => probe().then(() => resolve(), goOnWithout));
    const onTimeout = () =>
      inBackground(log, 'the start without Redis', () =>
        goOnWithout(new Error('Redis did not answer in time')),
      );
    const timer = setTimeout(onTimeout, START_MS);
    client.on('error', onError);
    if (client.status === 'ready') onReady();
    else client.once('ready', onReady);
    try {
      await started;
    } finally {
      clearTimeout(timer);
      client.off('error', onError).off('ready', onReady);
    }
  }

  return {
    client,
    health,
    start,
    close() {
      health.close();
      client.disconnect();
    },
  };
}
