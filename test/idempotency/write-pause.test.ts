import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { WritePause } from '../../src/idempotency/write-pause.ts';
import { connectRedis, probeRedis, whenReady } from '../../src/storage/redis/connection.ts';
import { RedisHealthMonitor } from '../../src/storage/redis/health-monitor.ts';
import { type RedisProcess, startRedis } from '../support/redis-process.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';

const LONGEST_WRITE_MS = 2_000;

// Where there is a cluster, there is a redis-server to start.
describe.skipIf(!inject('redisClusterUrl'))('writes of several replicas pause', () => {
  let server: RedisProcess;
  let wire: TcpProxy;
  let end: () => void;
  const open = async (user = '') => {
    const redis = connectRedis(`redis://${user}127.0.0.1:${wire.port}`, 'test:');
    await whenReady(redis, 5_000);
    const health = new RedisHealthMonitor({
      probe: () => probeRedis(redis),
      onLost() {},
      onBack() {},
      log: { error: (_fields, message) => expect.unreachable(message) },
      commandTimeoutMs: 500,
      probeEveryMs: 100,
    });
    redis.on('close', () => health.fail(new Error('the connection to Redis ended')));
    const pause = new WritePause(redis, health, LONGEST_WRITE_MS);
    end = () => {
      health.close();
      redis.disconnect();
    };
    expect(pause.remainingMs, 'before the first check').toBe(10_000);
    await pause.open();
    return {
      pause,
      lost: () => expect.poll(() => health.lost).toBe(true),
      back: () => expect.poll(() => health.lost, { timeout: 5_000 }).toBe(false),
      ended: () => expect.poll(() => pause.remainingMs, { timeout: 5_000 }).toBe(0),
    };
  };
  beforeEach(async () => {
    server = await startRedis();
    wire = await tcpProxy('127.0.0.1', server.port);
  });
  afterEach(async () => {
    end();
    await wire.close();
    await server.stop();
  });

  test('while the connection to Redis is lost, and no longer', async () => {
    const { pause, lost, back, ended } = await open();
    await ended();
    wire.cut();
    await lost();
    expect(pause.remainingMs).toBe(10_000);
    wire.restore();
    await back();
    expect(pause.remainingMs).toBe(0);
  });

  test('after a restart of Redis, for as long as a write may take', async () => {
    const { pause, back, ended, lost } = await open();
    expect(pause.remainingMs, 'Redis has just started').toBeGreaterThan(0);
    await ended();
    await server.kill();
    await lost();
    await server.restart();
    await back();
    expect(pause.remainingMs).toBeGreaterThan(LONGEST_WRITE_MS / 2);
    expect(pause.remainingMs).toBeLessThanOrEqual(LONGEST_WRITE_MS);
    wire.cut();
    await lost();
    wire.restore();
    await back();
    await ended();
  });

  test('after every loss of a Redis that forbids INFO, since it may have restarted', async () => {
    const direct = new Redis(server.url);
    await direct.call('ACL', 'SETUSER', 'no-info', 'on', '>secret', '~*', '&*', '+@all', '-info');
    direct.disconnect();
    const { pause, lost, back, ended } = await open('no-info:secret@');
    expect(pause.remainingMs, 'at a start').toBe(0);
    wire.cut();
    await lost();
    wire.restore();
    await back();
    expect(pause.remainingMs).toBeGreaterThan(LONGEST_WRITE_MS / 2);
    await ended();
  });
});
