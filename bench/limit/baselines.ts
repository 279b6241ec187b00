import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startProcess } from '../../test/support/process.ts';
import { startRedis } from '../../test/support/redis-process.ts';
import { LIMIT, type Mode } from './quota.ts';
import type { Arrival } from './upstream.ts';

export const OURS = 'partoo-mcp × 3';
const FLOOR = 'bare proxy';

/** Longer than any call here has to wait. */
const MAX_WAIT_MS = 400_000;
export const DEADLINE_MS = 500_000;

/** Servers with an upstream of their own. */
export interface Baseline {
  name: string;
  urls: string[];
  /** Returns all requests that the upstream received. */
  arrivals(): Promise<Arrival[]>;
  /** The latest output of each server. */
  outputs(): string[];
  stop(): Promise<void>;
}

/** Starts three replicas on a new Redis, with a new upstream. */
export async function startOurs(mode: Mode): Promise<Baseline> {
  const redis = await startRedis();
  const upstream = await startUpstream(mode);
  const env = {
    PARTOO_BASE_URL: upstream.url,
    REDIS_URL: redis.url,
    LOG_LEVEL: 'info',
    RATE_LIMIT_PER_MINUTE: `${LIMIT}`,
    RATE_LIMIT_MAX_WAIT_MS: `${MAX_WAIT_MS}`,
    TOOL_DEADLINE_MS: `${DEADLINE_MS}`,
    MAX_CALLS_IN_FLIGHT_PER_KEY: '1000',
    MAX_WAITING_PER_KEY: '1000',
    REPLICAS_HINT: '3',
  };
  const servers = await Promise.all([1, 2, 3].map(() => startProcess(env)));
  return {
    name: OURS,
    urls: servers.map(({ url }) => url),
    arrivals: upstream.arrivals,
    outputs: () => servers.map(({ output }) => output()),
    async stop() {
      await Promise.all(servers.map(server => server.stop()));
      upstream.stop();
      await redis.stop();
    },
  };
}

/** Starts a bare proxy, to show what happens without a limiter. */
export async function startFloor(mode: Mode): Promise<Baseline> {
  const upstream = await startUpstream(mode);
  const server = await startProcess({ PARTOO_BASE_URL: upstream.url }, 'bench/bare/floor.ts');
  return {
    name: FLOOR,
    urls: [server.url],
    arrivals: upstream.arrivals,
    outputs: () => [server.output()],
    async stop() {
      await server.stop();
      upstream.stop();
    },
  };
}

async function startUpstream(mode: Mode) {
  const child = fork(join(import.meta.dirname, 'upstream.ts'), [mode]);
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async arrivals() {
      child.send('report');
      const [arrivals] = (await once(child, 'message')) as [Arrival[]];
      return arrivals;
    },
    stop: () => child.disconnect(),
  };
}
