import { inBackground } from '../../core/background.ts';
import { connectRedis, probeRedis, whenReady } from './connection.ts';
import { describeFault } from './faults.ts';
import { RedisHealthMonitor } from './health-monitor.ts';
import { RedisReport, type RedisReportOptions } from './report.ts';

/** How long a start waits for Redis before it goes on without. */
const START_MS = 3_000;
const CHECK_EVERY_MS = 250;

/** Connects to Redis, monitors its health and reports its faults. Every key gets `keyPrefix`. */
export function openRedis({ keyPrefix, ...options }: RedisReportOptions & { keyPrefix: string }) {
  const { url, log } = options;
  const report = new RedisReport(options);
  const client = connectRedis(url, keyPrefix, error => report.connectionFailed(error));
  const health = new RedisHealthMonitor({
    probe: () => probeRedis(client),
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
    inBackground(log, 'the check of the eviction policy of Redis', () => report.checkEviction(client));
  });
  return {
    client,
    health,
    /**
     * Waits until Redis is usable, at most a few seconds: it may be starting too. Throws for a fault that only an
     * operator can fix (a password, a permission, TLS), which a server running without its Redis would hide.
     */
    async start(): Promise<void> {
      for (const latest = performance.now() + START_MS; ; ) {
        await whenReady(client, CHECK_EVERY_MS);
        const isReady = client.status === 'ready';
        const error = await probeRedis(client).then(
          () => undefined,
          error => error,
        );
        // With a wrong database number the probe succeeds: ioredis goes on in another database.
        const fault = error === undefined ? report.connectionFault : await report.diagnose(error);
        if (fault?.kind === 'operator') {
          throw new Error(`Redis at ${report.address} cannot be used: ${describeFault(fault)}`);
        }
        if (error === undefined) return;
        if (isReady || performance.now() > latest) return health.fail(error);
      }
    },
    close(): void {
      health.close();
      client.disconnect();
    },
  };
}

export type OpenRedis = ReturnType<typeof openRedis>;
