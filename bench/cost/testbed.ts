import { startProcess } from '../../test/support/process.ts';
import { type RedisProcess, startRedis } from '../../test/support/redis-process.ts';
import { exitOnSignals } from '../support/exit-on-signals.ts';
import type { Baseline } from './baselines.ts';
import { startLoad } from './load.ts';
import type { Target } from './measure.ts';
import { startUpstream } from './upstream.ts';

/** The highest limit that the configuration accepts: waiting for the limit would distort the cost of a call. */
const UNLIMITED = '100000';

export type Testbed = Awaited<ReturnType<typeof openTestbed>>;

/** Starts an upstream and a load generator, and on request the servers to measure; each in its own process. */
export async function openTestbed() {
  exitOnSignals();
  // Every child process adds an 'exit' listener.
  process.setMaxListeners(100);
  const upstream = await startUpstream();
  const load = startLoad();
  const open: { stop(): unknown }[] = [];

  const startRedisHere = async (): Promise<RedisProcess> => {
    const redis = await startRedis();
    open.push(redis);
    return redis;
  };
  return {
    upstream,
    load,
    startRedis: startRedisHere,
    /** A server of ours with Redis gets a Redis of its own, unless `env` names one. */
    async start(baseline: Baseline, env: Record<string, string> = {}): Promise<Target> {
      const server = await startProcess(
        {
          NODE_ENV: 'production',
          PARTOO_BASE_URL: upstream.url,
          RATE_LIMIT_PER_MINUTE: UNLIMITED,
          KEY_HASH_SECRET: 'a secret for measuring, and for nothing else',
          ...(baseline.store === 'redis' && !env.REDIS_URL && { REDIS_URL: (await startRedisHere()).url }),
          ...baseline.env,
          ...env,
        },
        baseline.file,
      );
      open.unshift({ stop: () => server.stop('SIGKILL') });
      return { name: baseline.name, server, revision: baseline.revision, request: 'search' };
    },
    async close(): Promise<void> {
      for (const process of open) await process.stop();
      load.stop();
      upstream.stop();
    },
  };
}
