import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const HOST = '127.0.0.1';
const SLOTS = 16_384;
const NODES = 3;
const BUS_OFFSET = 10_000;
const START_LIMIT_MS = 15_000;

interface ClusterNode {
  port: number;
  server: ChildProcess;
  exited: Promise<unknown>;
  redis: Redis;
}

/** Starts a Redis Cluster of three masters; undefined where `redis-server` is not installed. */
export async function startRedisCluster(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  const dir = await mkdtemp(join(tmpdir(), 'redis-cluster-'));
  const nodes: ClusterNode[] = [];
  const stop = async () => {
    await Promise.all(nodes.map(stopNode));
    await rm(dir, { recursive: true, force: true });
  };
  try {
    for (const port of await freePorts(NODES)) nodes.push(await startNode(port, join(dir, String(port))));
    await Promise.race([formCluster(nodes), ...nodes.map(died), tooLate()]);
  } catch (error) {
    await stop();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    for (const { redis } of nodes) redis.disconnect();
  }
  return { url: `redis+cluster://${nodes.map(({ port }) => `${HOST}:${port}`).join()}`, stop };
}

async function startNode(port: number, dir: string): Promise<ClusterNode> {
  await mkdir(dir);
  const server = spawn('redis-server', serverArguments(port, dir), { stdio: 'ignore' });
  await once(server, 'spawn');
  const exited = once(server, 'exit');
  const redis = new Redis({ host: HOST, port, retryStrategy: () => 20, maxRetriesPerRequest: null });
  // Connections fail until the server listens; without a listener ioredis prints each failure.
  redis.on('error', () => {});
  return { port, server, exited, redis };
}

function serverArguments(port: number, dir: string): string[] {
  const own = ['--port', String(port), '--bind', HOST, '--dir', dir, '--save', '', '--appendonly', 'no'];
  return [...own, '--cluster-enabled', 'yes', '--cluster-announce-ip', HOST];
}

async function stopNode({ server, exited }: ClusterNode) {
  server.kill('SIGKILL');
  await exited;
}

async function formCluster(nodes: ClusterNode[]) {
  // Redis takes a config epoch only from a node that has not met another yet.
  await Promise.all(nodes.map(prepare));
  await Promise.all(nodes.flatMap((node, i) => nodes.slice(i + 1).map(other => meet(node, other))));
  while (!(await Promise.all(nodes.map(isReady))).every(Boolean)) await sleep(25);
}

async function prepare({ redis }: ClusterNode, index: number) {
  const first = Math.floor((index * SLOTS) / NODES);
  const last = Math.floor(((index + 1) * SLOTS) / NODES) - 1;
  await addSlots(redis, first, last);
  await redis.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
}

async function addSlots(redis: Redis, first: number, last: number) {
  try {
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', first, last);
  } catch (error) {
    if (!/unknown subcommand/i.test(String(error))) throw error;
    // Redis 6 has no ranges.
    const slots = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    await redis.call('CLUSTER', 'ADDSLOTS', ...slots);
  }
}

const meet = (node: ClusterNode, other: ClusterNode) => node.redis.call('CLUSTER', 'MEET', HOST, other.port);

async function isReady({ redis }: ClusterNode): Promise<boolean> {
  const info = String(await redis.call('CLUSTER', 'INFO')).split('\r\n');
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${NODES}`);
}

async function died({ port, exited }: ClusterNode) {
  await exited;
  throw new Error(`redis-server on port ${port} exited`);
}

async function tooLate() {
  await sleep(START_LIMIT_MS, undefined, { ref: false });
  throw new Error(`The Redis Cluster did not form in ${START_LIMIT_MS} ms`);
}

/** Returns free ports whose bus ports are free too. */
async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    // Both ports stay below 32768, where the ephemeral ports of most systems begin.
    const port = randomInt(12_000, 22_000);
    if ((await isFree(port)) && (await isFree(port + BUS_OFFSET))) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, HOST);
  try {
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
