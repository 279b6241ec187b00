import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { GenericContainer } from 'testcontainers';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real Redis for this run; undefined where none could be started. */
    redisUrl: string | undefined;
  }
}

interface RunningRedis {
  url: string;
  stop(): Promise<unknown>;
}

/** Starts one Redis for the whole run: in a container where Docker runs, else from `redis-server`. */
export default async function setup(project: TestProject) {
  const redis = (await inContainer()) ?? (await fromBinary());
  project.provide('redisUrl', redis?.url);
  if (!redis) {
    if (process.env.CI) throw new Error('CI must have a Redis: neither Docker nor redis-server is there');
    process.stderr.write(
      '\n!!! NO REDIS: neither Docker nor redis-server is here; its tests are SKIPPED !!!\n\n',
    );
  }
  return () => redis?.stop();
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
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const failed = once(server, 'error').then(() => false);
  const ready = (async () => {
    for await (const chunk of server.stdout) if (String(chunk).includes('Ready to accept')) return true;
    return false;
  })();
  if (!(await Promise.race([ready, failed]))) return undefined;
  server.stdout.resume();
  process.stderr.write('Redis for the tests: redis-server on a free port\n');
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => {
      server.kill();
      return once(server, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

const firstLine = (error: unknown) => String(error).split('\n')[0];
