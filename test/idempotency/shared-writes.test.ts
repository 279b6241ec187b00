import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { SharedWrites } from '../../src/idempotency/shared-writes.ts';
import { connectRedis, probeRedis, whenReady } from '../../src/storage/redis/connection.ts';
import { RedisHealthMonitor } from '../../src/storage/redis/health-monitor.ts';
import { type RedisProcess, startRedis } from '../support/redis-process.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';

const LONGEST_WRITE_MS = 2_000;

// Where there is a cluster, there is a redis-server to start.
describe.skipIf(!inject('redisClusterUrl'))('writes of several replicas', () => {
  let server: RedisProcess;
  let wire: TcpProxy;
  let end: () => void;
  const open = async (user = '') => {
    const redis = connectRedis(`redis://${user}127.0.0.1:${wire.port}`, 'test:');
    await whenReady(redis, 5_000);
    const watch = new RedisHealthMonitor({
      probe: () => probeRedis(redis),
      onLost() {},
      onBack() {},
      log: { error: (_fields, message) => expect.unreachable(message) },
      commandTimeoutMs: 500,
      probeEveryMs: 100,
    });
    redis.on('close', () => watch.fail(new Error('the connection to Redis ended')));
    const writes = new SharedWrites(redis, watch, LONGEST_WRITE_MS);
    end = () => {
      watch.close();
      redis.disconnect();
    };
    expect(writes.closedMs, 'before it has looked').toBe(10_000);
    await writes.open();
    return {
      writes,
      lost: () => expect.poll(() => watch.lost).toBe(true),
      back: () => expect.poll(() => watch.lost, { timeout: 5_000 }).toBe(false),
      opened: () => expect.poll(() => writes.closedMs, { timeout: 5_000 }).toBe(0),
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

  test('are refused while a connection to Redis is lost, and made at once when it is back', async () => {
    const { writes, lost, back, opened } = await open();
    await opened();
    wire.cut();
    await lost();
    expect(writes.closedMs).toBe(10_000);
    wire.restore();
    await back();
    expect(writes.closedMs).toBe(0);
  });

  test('are refused for as long as a write may take when Redis has restarted', async () => {
    const { writes, back, opened, lost } = await open();
    expect(writes.closedMs, 'it has just started').toBeGreaterThan(0);
    await opened();
    await server.kill();
    await lost();
    await server.restart();
    await back();
    expect(writes.closedMs).toBeGreaterThan(LONGEST_WRITE_MS / 2);
    expect(writes.closedMs).toBeLessThanOrEqual(LONGEST_WRITE_MS);
    wire.cut();
    await lost();
    wire.restore();
    await back();
    await opened();
  });

  test('are refused after every loss of a Redis that does not tell whether it has restarted', async () => {
    const direct = new Redis(server.url);
    await direct.call('ACL', 'SETUSER', 'no-info', 'on', '>secret', '~*', '&*', '+@all', '-info');
    direct.disconnect();
    const { writes, lost, back, opened } = await open('no-info:secret@');
    expect(writes.closedMs, 'at a start').toBe(0);
    wire.cut();
    await lost();
    wire.restore();
    await back();
    expect(writes.closedMs).toBeGreaterThan(LONGEST_WRITE_MS / 2);
    await opened();
  });
});
