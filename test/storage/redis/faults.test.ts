import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, inject, test, vi } from 'vitest';
import { connectRedis } from '../../../src/storage/redis/connection.ts';
import { describeFault, explainRedisError } from '../../../src/storage/redis/faults.ts';
import { RedisReport } from '../../../src/storage/redis/report.ts';
import { post } from '../../support/post.ts';
import { spawnServer, startProcess } from '../../support/process.ts';
import { type RedisProcess, startRedis } from '../../support/redis-process.ts';
import { type RunningServer, startPair, startServer } from '../../support/start.ts';
import { tcpProxy } from '../../support/tcp-proxy.ts';

const PASSWORD = 'a-password-of-this-test';
/** A port without a listener. Outside the ephemeral range, where a connection may reach its own port. */
const NOBODY = 1;

/** Each test starts its own redis-server, with a password, TLS or a restricted user. */
describe.skipIf(!inject('redisClusterUrl'))('an unusable Redis', { concurrent: true }, () => {
  // Closed at the end: the tests run concurrently, since most of them wait.
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(() => Promise.all(closing.map(close => close())));
  async function open(options: Parameters<typeof startRedis>[0]): Promise<RedisProcess> {
    const redis = await startRedis(options);
    closing.push(() => redis.stop());
    return redis;
  }
  async function startWith(env: Record<string, string>): Promise<RunningServer> {
    const pair = await startPair(env);
    closing.push(() => pair.close());
    return pair;
  }
  const said = ({ log }: RunningServer, start: string) =>
    log.map(({ msg }) => String(msg)).filter(msg => msg.startsWith(start));
  // Not expect.poll, which does not support concurrent tests.
  const untilSaid = (server: RunningServer, what: RegExp) =>
    vi.waitFor(() => expect(said(server, 'Redis is').join('\n')).toMatch(what), { timeout: 5_000 });
  const at = ({ port }: { port: number }, user = '', scheme = 'redis') =>
    `${scheme}://${user && `${user}@`}127.0.0.1:${port}`;

  describe('ends the start with its address and the fix, if waiting would not help:', () => {
    test.each([
      ['a wrong password', `:${PASSWORD}x`, /it rejects the user or password of REDIS_URL \(WRONGPASS/],
      ['a missing password', '', /it requires a password, and REDIS_URL has none \(NOAUTH/],
      ['an unknown user', `nobody:${PASSWORD}`, /it rejects the user or password of REDIS_URL/],
    ])('%s', async (_, user, why) => {
      const redis = await open({ flags: ['--requirepass', PASSWORD] });
      const fault = await faultOf(at(redis, user));
      expect(fault).toMatch(new RegExp(`^Redis at 127.0.0.1:${redis.port} cannot be used: ${why.source}`));
      expect(fault).not.toContain(PASSWORD);
    });

    test.each([
      [
        'rediss for a Redis without TLS',
        { tls: false },
        'rediss',
        /it does not speak TLS: use redis instead of rediss/,
      ],
      [
        'redis for a Redis with TLS',
        { tls: true },
        'redis',
        /it speaks only TLS: use rediss instead of redis/,
      ],
      [
        'an untrusted certificate',
        { tls: true },
        'rediss',
        /its certificate is not trusted.*SELF_SIGNED|self-signed/,
      ],
    ])('%s', async (_, options, scheme, why) => {
      const redis = await open(options);
      const fault = await faultOf(at(redis, '', scheme));
      expect(fault).toContain(`Redis at 127.0.0.1:${redis.port} cannot be used: `);
      expect(fault).toMatch(why);
    });

    test.each([
      [
        'a wrong password of a cluster',
        '--requirepass other',
        'redis+cluster',
        /it rejects the user or password/,
      ],
      ['rediss for a cluster without TLS', '', 'rediss+cluster', /it does not speak TLS/],
    ])('%s', async (_, flags, scheme, why) => {
      const node = await open({ flags: ['--cluster-enabled', 'yes', ...flags.split(' ').filter(Boolean)] });
      expect(await faultOf(at(node, ':wrong', scheme))).toMatch(why);
    });

    test('redis+cluster for a single Redis', async () => {
      expect(await faultOf(at(await open({}), '', 'redis+cluster'))).toMatch(
        /it is not a cluster: use redis instead of redis\+cluster/,
      );
    });

    test('a user without the needed commands', async () => {
      const redis = await open({ flags: `--user weak on >${PASSWORD} ~* +@all -@scripting`.split(' ') });
      expect(await faultOf(at(redis, `weak:${PASSWORD}`))).toMatch(
        /the user of REDIS_URL may not run the commands that this server needs \(NOPERM/,
      );
    });

    test('a database that does not exist', async () => {
      const redis = await open({});
      expect(await faultOf(`${redis.url}/99`)).toMatch(
        /it has no database of the number at the end of REDIS_URL/,
      );
    });

    test('a missing password ends the process with exit code 1', async () => {
      const redis = await open({ flags: ['--requirepass', PASSWORD] });
      const { child, output } = spawnServer({ PARTOO_ENV: 'demo', REDIS_URL: at(redis) });
      expect(await once(child, 'exit')).toEqual([1, null]);
      expect(output()).toContain(`Redis at 127.0.0.1:${redis.port} cannot be used: it requires a password`);
    });

    const faultOf = (REDIS_URL: string) =>
      startServer('http://127.0.0.1:1/v2', { REDIS_URL }).then(
        () => 'it started',
        ({ message }: Error) => message,
      );
  });

  test('a Redis with a password and a trusted certificate is used', async () => {
    const redis = await open({ tls: true, flags: ['--requirepass', PASSWORD] });
    const server = await startProcess({
      PARTOO_ENV: 'demo',
      REDIS_URL: at(redis, `:${PASSWORD}`, 'rediss'),
      NODE_EXTRA_CA_CERTS: join(redis.directory, 'cert.pem'),
    });
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  test('a connection that is closed during its handshake does not end the process, whatever its socket says last', async () => {
    const { port } = await open({ tls: true });
    for (let i = 0; i < 40; i++) {
      const redis = connectRedis(at({ port }, '', 'rediss'), '') as Redis;
      await vi.waitUntil(() => redis.stream?.connecting === false, { interval: 1 });
      redis.disconnect();
      // Most of these sockets have a second error. Vitest fails a run with an uncaught one.
      await vi.waitUntil(() => redis.stream.closed);
    }
  });

  test('a Redis that refuses connections does not end the start: it may be starting too', async () => {
    const server = await startWith({ REDIS_URL: at({ port: NOBODY }, `:${PASSWORD}`) });
    expect(said(server, 'Redis is lost')).toEqual([
      expect.stringContaining(
        `(127.0.0.1:${NOBODY}: it refuses connections: nothing listens there (connect ECONNREFUSED`,
      ),
    ]);
    expect(JSON.stringify(server.log)).not.toContain(PASSWORD);
  });

  test('a cluster without a listening node is reported with the reason', async () => {
    const server = await startWith({ REDIS_URL: 'redis+cluster://127.0.0.1:1,127.0.0.1:2' });
    await untilSaid(server, /still lost .*127.0.0.1:1: it refuses connections: nothing listens there/);
  });

  test.each(['redis+sentinel', 'redis+cluster', 'redis'])(
    '%s without a listener is reported before the first call',
    async scheme => {
      const server = await startWith({ REDIS_URL: at({ port: NOBODY }, '', scheme) });
      const lost = /Redis is (still )?lost .*it refuses connections: nothing listens there/;
      await untilSaid(server, lost);
    },
  );

  test('a full Redis is reported at the start', async () => {
    const redis = await open({ flags: ['--maxmemory', '1'] });
    const server = await startWith({ REDIS_URL: at(redis) });
    expect(said(server, 'Redis is lost')).toEqual([expect.stringMatching(/it is full \(maxmemory\)/)]);
  });

  test('a Redis at its maxclients is reported as such', async () => {
    const redis = await open({ flags: ['--maxclients', '1'] });
    const taken = new Redis(redis.port);
    closing.push(async () => taken.disconnect());
    await taken.ping();
    const server = await startWith({ REDIS_URL: at(redis) });
    const why = /Redis is (still )?lost .*it accepts no more connections \(maxclients\)/;
    await untilSaid(server, why);
  });

  test('a server that is not Redis is reported as such', async () => {
    const other = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    closing.push(async () => other.close());
    const server = await startWith({ REDIS_URL: at(other.address() as AddressInfo) });
    const why = /what answers there is not Redis/;
    await untilSaid(server, why);
  });

  test('a changed password is reported while it lasts', async () => {
    const redis = await open({});
    const { port } = await proxyTo(redis);
    const server = await startWith({ REDIS_URL: at({ port }) });
    const direct = new Redis(redis.url);
    await direct.config('SET', 'requirepass', PASSWORD);
    await direct.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    direct.disconnect();
    const why = `127.0.0.1:${port}: it requires a password, and REDIS_URL has none \\(NOAUTH`;
    await untilSaid(server, new RegExp(why));
  });

  test('a Redis that becomes full is reported as such', async () => {
    const redis = await open({});
    const server = await startWith({ REDIS_URL: at(redis) });
    const direct = new Redis(redis.url);
    await direct.config('SET', 'maxmemory', '1');
    direct.disconnect();
    const search = { method: 'tools/call', params: { name: 'search_businesses' } };
    await post(server.url, search, { 'x-APIKey': 'demo-admin' });
    expect(said(server, 'Redis is lost')).toEqual([
      expect.stringContaining(`127.0.0.1:${redis.port}: it is full (maxmemory) (OOM`),
    ]);
  });

  test('a loss is logged once, again when the reason changes, and again after a minute', async () => {
    const lines: string[] = [];
    const log = { info: () => {}, error: () => {}, warn: (_: object, line: string) => lines.push(line) };
    const report = new RedisReport({
      url: `redis://:${PASSWORD}@127.0.0.1:${NOBODY}`,
      log,
      perMinute: 300,
      replicas: 1,
      remindEveryMs: 100,
    });
    const refused = await refusal(NOBODY);
    report.lost(refused);
    for (let i = 0; i < 5; i++) report.stillLost(refused);
    await new Promise(setImmediate);
    expect(lines).toEqual([
      expect.stringMatching(`^Redis is lost \\(127.0.0.1:${NOBODY}: it refuses connections`),
    ]);
    report.stillLost(new Error('ERR max number of clients reached'));
    await vi.waitFor(() => expect(lines).toHaveLength(2));
    expect(lines[1]).toMatch(/^Redis is still lost .*it accepts no more connections/);
    await vi.waitFor(() => {
      report.stillLost(refused);
      expect(lines.join('\n')).toMatch(/^Redis is still lost .*it refuses connections/m);
    });
    expect(lines.join()).not.toContain(PASSWORD);
  });

  async function proxyTo({ port }: RedisProcess) {
    const proxy = await tcpProxy('127.0.0.1', port);
    closing.push(() => proxy.close());
    return proxy;
  }
});

/** The system's error for a port without a listener. */
async function refusal(port: number): Promise<unknown> {
  const [error] = await once(connect(port, '127.0.0.1'), 'error').catch(reason => [reason]);
  return error;
}

describe('the explanation of an error of Redis', () => {
  test('omits the password that an error reply repeats', () => {
    const why = describeFault(
      explainRedisError(
        new Error("ERR unknown command 'AUTH', with args beginning with: 'default' 'a-password' "),
      ),
    );
    expect(why).toContain("unknown command 'AUTH'");
    expect(why).not.toContain('a-password');
  });

  test.each([
    ['READONLY You can’t write against a read only replica.', 'it is a replica, which accepts no writes'],
    ['MISCONF Redis is configured to save RDB snapshots', 'it cannot write to its disk'],
    ['LOADING Redis is loading the dataset in memory', 'it is still loading its data'],
    ['CLUSTERDOWN The cluster is down', 'its cluster is down'],
    ['ERR Error running script: @user_script:1: -OOM command not allowed', 'it is full (maxmemory)'],
    ['something new', 'it answers with an error (something new)'],
  ])('of %s', (message, why) => {
    expect(describeFault(explainRedisError(new Error(message)))).toContain(why);
  });
});
