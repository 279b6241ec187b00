import { afterEach, describe, expect, test } from 'vitest';
import type { Attempt } from '../../../src/partoo/client/attempt.ts';
import { createBreaker, type Permit } from '../../../src/partoo/client/circuit-breaker.ts';
import { connectPlain, errorIn } from '../../support/clients.ts';
import { exceptLookUps, type ScriptedPartoo, startScriptedPartoo } from '../../support/scripted-partoo.ts';
import { type RunningServer, startServer } from '../../support/start.ts';

describe('a Partoo that fails', () => {
  let partoo: ScriptedPartoo;
  let server: RunningServer;
  afterEach(async () => {
    await server.close();
    await partoo.close();
  });

  async function start(...[respond]: Parameters<typeof startScriptedPartoo>) {
    partoo = await startScriptedPartoo(respond);
    server = await startServer(partoo.baseUrl, {
      UPSTREAM_TIMEOUT_MS: '1000',
      RATE_LIMIT_PER_MINUTE: '10000',
      METRICS_PORT: '0',
    });
  }
  const call = async (key: string, tool = 'search_businesses', args: object = {}) => {
    const client = await connectPlain(server.url, { 'x-APIKey': key });
    const result = await client.call(tool, args as Record<string, unknown>);
    return result.isError ? errorIn(result) : { code: 'ok', retry_after_seconds: undefined };
  };
  const codes = async (key: string, count: number) => {
    const pages = Array.from({ length: count }, (_, page) =>
      call(key, 'search_businesses', { page: page + 1 }),
    );
    return (await Promise.all(pages)).map(({ code }) => code);
  };

  test.each([
    { what: '5xx', afterMs: 0 },
    { what: 'silence', afterMs: 3_000 },
  ])(
    'with $what for one organization gets no more of its requests, and serves all others',
    async ({ afterMs }) => {
      const fails = { status: 503, afterMs };
      await start(exceptLookUps(({ key }) => (key.startsWith('1-') ? fails : undefined)));
      await codes('1-anna', 12);
      const sent = partoo.requests.length;
      const read = await call('1-anna', 'search_businesses', { page: 99 });
      const write = await call('1-anna', 'send_message', { conversation_id: 30001, content: 'Hello' });
      for (const error of [read, write]) {
        expect(error.code).toBe('partoo_unavailable');
        expect(error.retry_after_seconds).toBeGreaterThan(5);
        expect(error.retry_after_seconds).toBeLessThanOrEqual(10);
      }
      expect(partoo.requests, 'nothing was sent').toHaveLength(sent);
      const others = await Promise.all([2, 3, 4, 5, 6].map(number => codes(`${number}-ben`, 8)));
      expect(new Set(others.flat())).toEqual(new Set(['ok']));
      expect(server.log.filter(({ msg }) => String(msg).startsWith('Partoo fails'))).toHaveLength(1);
      const ready = await fetch(`${server.origin}/readyz`);
      expect({ status: ready.status, body: await ready.json() }, 'does not show the circuit breaker').toEqual(
        {
          status: 200,
          body: { status: 'ready', redis: 'not configured' },
        },
      );
    },
  );

  test('for most of several organizations gets no more requests at all', async () => {
    await start(exceptLookUps(({ key }) => (key.startsWith('4-') ? undefined : { status: 500 })));
    expect(await codes('4-dora', 2)).toEqual(['ok', 'ok']);
    for (const key of ['1-anna', '2-ben', '3-carl']) await codes(key, 2);
    expect(await call('4-dora')).toMatchObject({ code: 'partoo_unavailable' });
  });

  test.each([404, 429])('with %i still gets requests', async status => {
    await start(exceptLookUps(() => ({ status, headers: { 'retry-after': '0' } })));
    await codes('1-anna', 20);
    const sent = partoo.requests.length;
    await call('1-anna', 'search_businesses', { page: 99 });
    expect(partoo.requests.length).toBeGreaterThan(sent);
  });
});

describe('the circuit breaker', () => {
  const source = (organization: number, key = 'anna') => ({
    bucket: `org-${organization}`,
    keyHash: `${organization}-${key}`,
  });
  type Source = ReturnType<typeof source>;
  const response = (status: number): Attempt => ({ kind: 'response', status, json: {} });
  const ENDED_EARLY: Attempt = { kind: 'lost', endedBy: 'deadline', cause: undefined };

  function start() {
    let time = 1_000_000;
    const logged: string[] = [];
    const note = (what: string) => (scope: string, name: string) =>
      void logged.push(`${what} ${scope} ${name}`);
    const breaker = createBreaker({ opened: note('opened'), closed: note('closed') }, () => time);
    const enter = (from: Source) => breaker.enter(from) as Permit;
    /** Whether the attempt was permitted. */
    const attempt = (from: Source, status: number) => {
      const permit = breaker.enter(from);
      permit?.record(response(status));
      return permit !== undefined;
    };
    return {
      breaker,
      logged,
      pass: (ms: number) => {
        time += ms;
      },
      enter,
      attempt,
      fail: (from: Source, times: number) => {
        for (let number = 0; number < times; number++) attempt(from, 500);
      },
      isBlocked: (from: Source) => breaker.blockedMs(from) !== undefined,
      endEarly: (from: Source) => enter(from).record(ENDED_EARLY),
    };
  }

  /** Everybody is blocked, since three of four organizations failed. */
  function startOpen() {
    const started = start();
    started.attempt(source(4), 200);
    for (const number of [1, 2, 3]) started.fail(source(number), 7);
    expect(started.breaker.state).toBe('open');
    return started;
  }

  test('opens for a key when half of ten attempts fail, and lets one try after ten seconds', () => {
    const { breaker, attempt, fail, isBlocked, pass, logged } = start();
    for (let number = 0; number < 5; number++) attempt(source(1), 200);
    fail(source(1), 4);
    expect(isBlocked(source(1))).toBe(false);
    fail(source(1), 1);
    expect(breaker.blockedMs(source(1))).toBe(10_000);
    expect(attempt(source(1), 200), 'nothing is sent').toBe(false);
    pass(10_000);
    expect(attempt(source(1), 200)).toBe(true);
    expect(logged).toEqual(['opened key 1-anna', 'closed key 1-anna']);
  });

  test('forgets failures after half a minute', () => {
    const { fail, isBlocked, pass } = start();
    fail(source(1), 9);
    pass(30_000);
    fail(source(1), 9);
    expect(isBlocked(source(1))).toBe(false);
  });

  test('does not block other keys of an organization when one key fails', () => {
    const { fail, isBlocked, pass, attempt } = start();
    fail(source(1, 'anna'), 30);
    expect(isBlocked(source(1, 'anna'))).toBe(true);
    expect(isBlocked(source(1, 'ben'))).toBe(false);
    for (let round = 0; round < 10; round++) {
      pass(10_000);
      fail(source(1, 'anna'), 1);
      expect(attempt(source(1, 'ben'), 200)).toBe(true);
    }
  });

  test('blocks an organization when most of its keys fail, and no other organization', () => {
    const { fail, isBlocked, attempt, breaker, logged } = start();
    attempt(source(1, 'carl'), 200);
    fail(source(1, 'anna'), 10);
    fail(source(1, 'ben'), 10);
    expect(isBlocked(source(1, 'carl'))).toBe(true);
    expect(isBlocked(source(2))).toBe(false);
    expect(logged).toContain('opened organization org-1');
    expect(breaker.blocked).toEqual({ organizations: 1, keys: 1 });
  });

  test('tries an organization with one attempt at a time, and leaves the next trial to another key', () => {
    const { enter, fail, pass, isBlocked, attempt } = start();
    fail(source(1, 'anna'), 10);
    fail(source(1, 'ben'), 10);
    pass(10_000);
    const trial = enter(source(1, 'anna'));
    expect(attempt(source(1, 'carl'), 200), 'one at a time').toBe(false);
    trial.record(response(500));
    expect(isBlocked(source(1, 'anna'))).toBe(true);
    expect(attempt(source(1, 'carl'), 200)).toBe(true);
    expect(isBlocked(source(1, 'dora'))).toBe(false);
  });

  test.each([
    { of: 2, failing: 2, blocks: false },
    { of: 3, failing: 3, blocks: true },
    { of: 6, failing: 3, blocks: false },
    { of: 5, failing: 3, blocks: true },
  ])('with $failing of $of organizations failing blocks everybody: $blocks', ({ of, failing, blocks }) => {
    const { attempt, fail, isBlocked } = start();
    for (let number = 1; number <= of; number++) attempt(source(number), number <= failing ? 500 : 200);
    for (let round = 0; round < 7; round++)
      for (let number = 1; number <= failing; number++) fail(source(number), 1);
    expect(isBlocked(source(99))).toBe(blocks);
  });

  test('does not block others when made-up keys fail', () => {
    const { fail, isBlocked, attempt } = start();
    for (let number = 0; number < 100; number++)
      fail({ bucket: `key-${number}`, keyHash: `made-up-${number}` }, 20);
    expect(isBlocked(source(1))).toBe(false);
    expect(attempt({ bucket: 'key-new', keyHash: 'new' }, 200)).toBe(true);
  });

  test('bounds the number of keys it remembers; made-up keys evict no organization', () => {
    const { fail, isBlocked, breaker } = start();
    fail(source(1), 10);
    for (let number = 0; number < 6_000; number++)
      fail({ bucket: 'unknown', keyHash: `made-up-${number}` }, 10);
    expect(breaker.blocked.keys).toBeLessThanOrEqual(5_001);
    expect(isBlocked(source(1))).toBe(true);
  });

  test('half open for everybody, lets one attempt of each organization try and closes when one succeeds', () => {
    const { breaker, enter, attempt, fail, isBlocked, pass, logged } = startOpen();
    expect(isBlocked(source(4))).toBe(true);
    pass(10_000);
    expect(breaker.state).toBe('half_open');
    const trial = enter(source(1));
    expect(isBlocked(source(1)), 'one at a time').toBe(true);
    fail(source(2), 1);
    expect(isBlocked(source(2)), 'its own trial failed').toBe(true);
    expect(isBlocked(source(4)), 'not held by those of others').toBe(false);
    attempt(source(4), 200);
    expect(breaker.state).toBe('closed');
    expect(logged.filter(line => line.includes('everybody'))).toHaveLength(2);
    trial.record(response(200));
  });

  test('is not closed for everybody by a key of an unknown organization', () => {
    const { breaker, attempt, pass } = startOpen();
    pass(10_000);
    attempt({ bucket: 'unknown', keyHash: 'made-up' }, 401);
    expect(breaker.state).toBe('half_open');
  });

  test('a trial that the deadline ends early decides nothing and leaves its place to the next attempt', () => {
    const { fail, pass, endEarly, isBlocked, attempt } = start();
    fail(source(1), 10);
    pass(10_000);
    endEarly(source(1));
    expect(isBlocked(source(1))).toBe(false);
    expect(attempt(source(1), 200)).toBe(true);
  });

  test('attempts that the deadline ends early neither open a circuit nor keep it closed', () => {
    const { fail, endEarly, isBlocked } = start();
    for (let number = 0; number < 30; number++) endEarly(source(1));
    expect(isBlocked(source(1))).toBe(false);
    fail(source(1), 10);
    expect(isBlocked(source(1))).toBe(true);
  });

  test('an attempt from before a circuit opened neither closes it nor holds it open', () => {
    const { enter, fail, pass, isBlocked } = start();
    const early = enter(source(1));
    fail(source(1), 10);
    early.record(response(200));
    expect(isBlocked(source(1))).toBe(true);
    pass(10_000);
    expect(isBlocked(source(1))).toBe(false);
  });
});
