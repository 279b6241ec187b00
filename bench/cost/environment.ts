import { startProcess } from '../../test/support/process.ts';
import { type RedisProcess, startRedis } from '../../test/support/redis-process.ts';
import type { Baseline } from './baselines.ts';
import { startLoad } from './load.ts';
import type { Target } from './measure.ts';
import { startUpstream } from './upstream.ts';

/** So that what a key may do in a minute is no part of what a call costs. The most there is. */
const UNLIMITED = '100000';

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Partoo's part, the callers, and the servers that are started on it; each a process of its own. */
export async function openStage() {
  // So that 'exit' is told, which ends the processes we started.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  // Each of them wants to know when it ends.
  process.setMaxListeners(100);
  const upstream = await startUpstream();
  const load = startLoad();
  const open: { stop(): unknown }[] = [];

  const own = async (): Promise<RedisProcess> => {
    const redis = await startRedis();
    open.push(redis);
    return redis;
  };
  return {
    upstream,
    load,
    startRedis: own,
    /** Ours with Redis gets one of its own unless `env` says which. */
    async start(baseline: Baseline, env: Record<string, string> = {}): Promise<Target> {
      const server = await startProcess(
        {
          NODE_ENV: 'production',
          PARTOO_BASE_URL: upstream.url,
          RATE_LIMIT_PER_MINUTE: UNLIMITED,
          KEY_HASH_SECRET: 'a secret for measuring, and for nothing else',
          ...(baseline.store === 'redis' && !env.REDIS_URL && { REDIS_URL: (await own()).url }),
          ...baseline.env,
          ...env,
        },
        baseline.file,
      );
      open.unshift({ stop: () => server.stop('SIGKILL') });
      return { name: baseline.name, server, revision: baseline.revision, asks: 'search' };
    },
    async close(): Promise<void> {
      for (const part of open) await part.stop();
      load.stop();
      upstream.stop();
    },
  };
}
