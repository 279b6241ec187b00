import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, inject, test, vi } from 'vitest';
import { explainRedisError, inWords } from '../../../src/storage/redis/redis-faults.ts';
import { RedisReport } from '../../../src/storage/redis/redis-report.ts';
import { post } from '../../support/post.ts';
import { spawnServer, startProcess } from '../../support/process.ts';
import { type RedisProcess, startRedis } from '../../support/redis-process.ts';
import { type RunningServer, startPair, startServer } from '../../support/start.ts';
import { tcpProxy } from '../../support/tcp-proxy.ts';

const PASSWORD = 'a-password-of-this-test';
/** A port that nothing listens at. Not one of those that connections get: one to its own port answers itself. */
const NOBODY = 1;

/** It takes a redis-server of its own for each, with a password, TLS or a user that may do little. */
describe.skipIf(!inject('redisClusterUrl'))('a Redis that cannot be used', { concurrent: true }, () => {
  // Closed at the end: most of these tests wait, and so run at once.
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
  // Not expect.poll, which knows no concurrent tests.
  const untilSaid = (server: RunningServer, what: RegExp) =>
    vi.waitFor(() => expect(said(server, 'Redis is').join('\n')).toMatch(what), { timeout: 5_000 });
  const at = ({ port }: { port: number }, user = '', scheme = 'redis') =>
    `${scheme}://${user && `${user}@`}127.0.0.1:${port}`;

  describe('by a fault that no waiting mends ends the start, with its address and what to mend', () => {
    test.each([
      [
        'a password that is wrong',
        `:${PASSWORD}x`,
        /it refuses the user or password of REDIS_URL \(WRONGPASS/,
      ],
      ['a password that is missing', '', /it wants a password, and got none from REDIS_URL \(NOAUTH/],
      ['a user that is none', `nobody:${PASSWORD}`, /it refuses the user or password of REDIS_URL/],
    ])('%s', async (_, user, why) => {
      const redis = await open({ flags: ['--requirepass', PASSWORD] });
      const told = await faultOf(at(redis, user));
      expect(told).toMatch(new RegExp(`^Redis at 127.0.0.1:${redis.port} cannot be used: ${why.source}`));
      expect(told).not.toContain(PASSWORD);
    });

    test.each([
      [
        'TLS asked of a Redis without',
        { tls: false },
        'rediss',
        /it does not speak TLS, which REDIS_URL asks for/,
      ],
      [
        'no TLS with a Redis that has it',
        { tls: true },
        'redis',
        /it speaks only TLS, which REDIS_URL does not/,
      ],
      [
        'a certificate of nobody',
        { tls: true },
        'rediss',
        /its certificate is not trusted.*SELF_SIGNED|self-signed/,
      ],
    ])('%s', async (_, options, scheme, why) => {
      const redis = await open(options);
      const told = await faultOf(at(redis, '', scheme));
      expect(told).toContain(`Redis at 127.0.0.1:${redis.port} cannot be used: `);
      expect(told).toMatch(why);
    });

    test.each([
      [
        'a cluster whose password is wrong',
        '--requirepass other',
        'redis+cluster',
        /it refuses the user or password/,
      ],
      ['a cluster asked for TLS that it does not have', '', 'rediss+cluster', /it does not speak TLS/],
    ])('%s', async (_, flags, scheme, why) => {
      const node = await open({ flags: ['--cluster-enabled', 'yes', ...flags.split(' ').filter(Boolean)] });
      expect(await faultOf(at(node, ':wrong', scheme))).toMatch(why);
    });

    test('a single Redis that is taken for a cluster', async () => {
      expect(await faultOf(at(await open({}), '', 'redis+cluster'))).toMatch(
        /it is no cluster: write redis instead of redis\+cluster/,
      );
    });

    test('a user that may not run what this server runs', async () => {
      const redis = await open({ flags: `--user weak on >${PASSWORD} ~* +@all -@scripting`.split(' ') });
      expect(await faultOf(at(redis, `weak:${PASSWORD}`))).toMatch(
        /the user of REDIS_URL may not do what this server needs \(NOPERM/,
      );
    });

    test('a database that there is not', async () => {
      const redis = await open({});
      expect(await faultOf(`${redis.url}/99`)).toMatch(
        /it has no database of the number that REDIS_URL ends with/,
      );
    });

    test('and the process with it', async () => {
      const redis = await open({ flags: ['--requirepass', PASSWORD] });
      const { child, output } = spawnServer({ PARTOO_ENV: 'demo', REDIS_URL: at(redis) });
      expect(await once(child, 'exit')).toEqual([1, null]);
      expect(output()).toContain(`Redis at 127.0.0.1:${redis.port} cannot be used: it wants a password`);
    });

    const faultOf = (REDIS_URL: string) =>
      startServer('http://127.0.0.1:1/v2', { REDIS_URL }).then(
        () => 'it has started',
        ({ message }: Error) => message,
      );
  });

  test('is used all the same with its password and a certificate that is trusted', async () => {
    const redis = await open({ tls: true, flags: ['--requirepass', PASSWORD] });
    const server = await startProcess({
      PARTOO_ENV: 'demo',
      REDIS_URL: at(redis, `:${PASSWORD}`, 'rediss'),
      NODE_EXTRA_CA_CERTS: join(redis.directory, 'cert.pem'),
    });
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  test('because nothing listens there does not end the start: it may be starting too', async () => {
    const server = await startWith({ REDIS_URL: at({ port: NOBODY }, `:${PASSWORD}`) });
    expect(said(server, 'Redis is lost')).toEqual([
      expect.stringContaining(
        `(127.0.0.1:${NOBODY}: it refuses connections: nothing listens there (connect ECONNREFUSED`,
      ),
    ]);
    expect(JSON.stringify(server.log)).not.toContain(PASSWORD);
  });

  test('because no node of a cluster listens is told with the reason', async () => {
    const server = await startWith({ REDIS_URL: 'redis+cluster://127.0.0.1:1,127.0.0.1:2' });
    await untilSaid(server, /still lost .*127.0.0.1:1: it refuses connections: nothing listens there/);
  });

  test.each(['redis+sentinel', 'redis+cluster', 'redis'])(
    'because nothing listens at %s is told before there is a call',
    async scheme => {
      const server = await startWith({ REDIS_URL: at({ port: NOBODY }, '', scheme) });
      const lost = /Redis is (still )?lost .*it refuses connections: nothing listens there/;
      await untilSaid(server, lost);
    },
  );

  test('because it is full is told at the start', async () => {
    const redis = await open({ flags: ['--maxmemory', '1'] });
    const server = await startWith({ REDIS_URL: at(redis) });
    expect(said(server, 'Redis is lost')).toEqual([expect.stringMatching(/it is full \(maxmemory\)/)]);
  });

  test('because it takes no more connections is told with that', async () => {
    const redis = await open({ flags: ['--maxclients', '1'] });
    const taken = new Redis(redis.port);
    closing.push(async () => taken.disconnect());
    await taken.ping();
    const server = await startWith({ REDIS_URL: at(redis) });
    const why = /Redis is (still )?lost .*it takes no more connections \(maxclients\)/;
    await untilSaid(server, why);
  });

  test('because it is no Redis is told with that', async () => {
    const other = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    closing.push(async () => other.close());
    const server = await startWith({ REDIS_URL: at(other.address() as AddressInfo) });
    const why = /what answers there does not speak as Redis does/;
    await untilSaid(server, why);
  });

  test('because its password was changed is told while it lasts', async () => {
    const redis = await open({});
    const { port } = await proxyTo(redis);
    const server = await startWith({ REDIS_URL: at({ port }) });
    const direct = new Redis(redis.url);
    await direct.config('SET', 'requirepass', PASSWORD);
    await direct.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    direct.disconnect();
    const why = `127.0.0.1:${port}: it wants a password, and got none from REDIS_URL \\(NOAUTH`;
    await untilSaid(server, new RegExp(why));
  });

  test('because it is full is told with that', async () => {
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

  test('is told once, when the reason changes, and again when a minute has passed', async () => {
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
    expect(lines[1]).toMatch(/^Redis is still lost .*it takes no more connections/);
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

/** What the system says when nothing listens. */
async function refusal(port: number): Promise<unknown> {
  const [error] = await once(connect(port, '127.0.0.1'), 'error').catch(reason => [reason]);
  return error;
}

describe('what Redis says', () => {
  test('is told without the password that some of its answers repeat', () => {
    const why = inWords(
      explainRedisError(
        new Error("ERR unknown command 'AUTH', with args beginning with: 'default' 'a-password' "),
      ),
    );
    expect(why).toContain("unknown command 'AUTH'");
    expect(why).not.toContain('a-password');
  });

  test.each([
    ['READONLY You can’t write against a read only replica.', 'it is a replica, which takes no writes'],
    ['MISCONF Redis is configured to save RDB snapshots', 'it cannot write to its disk'],
    ['LOADING Redis is loading the dataset in memory', 'it is still loading its data'],
    ['CLUSTERDOWN The cluster is down', 'its cluster is down'],
    ['ERR Error running script: @user_script:1: -OOM command not allowed', 'it is full (maxmemory)'],
    ['something new', 'it answers with an error (something new)'],
  ])('%s', (message, why) => {
    expect(inWords(explainRedisError(new Error(message)))).toContain(why);
  });
});
