import { GenericContainer } from 'testcontainers';
import type { TestProject } from 'vitest/node';
import { startRedisCluster } from './redis-cluster.ts';
import { startRedis } from './redis-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real Redis for this run; undefined where none could be started. */
    redisUrl: string | undefined;
    /** A real Redis Cluster for this run; undefined where none could be started. */
    redisClusterUrl: string | undefined;
  }
}

interface RunningRedis {
  url: string;
  stop(): Promise<unknown>;
}

/** Starts one Redis and one Redis Cluster for the whole run. */
export default async function setup(project: TestProject) {
  const [redis, cluster] = await Promise.all([startSingle(), startCluster()]);
  const stop = () => Promise.all([redis?.stop(), cluster?.stop()]);
  project.provide('redisUrl', redis?.url);
  project.provide('redisClusterUrl', cluster?.url);
  try {
    if (!redis) reportMissing('REDIS', 'found neither Docker nor redis-server');
    if (!cluster) reportMissing('REDIS CLUSTER', 'found no redis-server, or its nodes did not join');
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

function reportMissing(what: string, why: string) {
  if (process.env.CI) throw new Error(`CI must have a ${what}: ${why}`);
  process.stderr.write(`\n!!! NO ${what}: ${why}; its tests are SKIPPED !!!\n\n`);
}

/** Uses a container if Docker runs, otherwise `redis-server`. */
const startSingle = async () => (await inContainer()) ?? (await fromBinary());

async function startCluster(): Promise<RunningRedis | undefined> {
  try {
    const cluster = await startRedisCluster();
    if (cluster) process.stderr.write('Redis Cluster for the tests: three redis-server on free ports\n');
    return cluster;
  } catch (error) {
    process.stderr.write(`No Redis Cluster (${firstLine(error)})\n`);
    return undefined;
  }
}

async function inContainer(): Promise<RunningRedis | undefined> {
  try {
    const container = await new GenericContainer('redis:8-alpine').withExposedPorts(6379).start();
    process.stderr.write('Redis for the tests: redis:8-alpine through Testcontainers\n');
    return {
      url: `redis://${container.getHost()}:${container.getMappedPort(6379)}`,
      stop: () => container.stop(),
    };
  } catch (error) {
    process.stderr.write(`No Redis container (${firstLine(error)}); trying redis-server\n`);
    return undefined;
  }
}

async function fromBinary(): Promise<RunningRedis | undefined> {
  try {
    const redis = await startRedis();
    process.stderr.write('Redis for the tests: redis-server on a free port\n');
    return redis;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const firstLine = (error: unknown) => String(error).split('\n')[0];
