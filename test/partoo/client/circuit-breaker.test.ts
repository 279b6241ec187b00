import { afterEach, describe, expect, test } from 'vitest';
import { createBreaker } from '../../../src/partoo/client/circuit-breaker.ts';
import type { Attempt } from '../../../src/partoo/client/transport.ts';
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

  async function start(...[answer]: Parameters<typeof startScriptedPartoo>) {
    partoo = await startScriptedPartoo(answer);
    server = await startServer(partoo.baseUrl, {
      UPSTREAM_TIMEOUT_MS: '200',
      RATE_LIMIT_PER_MINUTE: '10000',
      METRICS_PORT: '0',
    });
  }
  const call = async (key: string, tool = 'search_businesses', args: object = {}) => {
    const client = await connectPlain(server.url, { 'x-APIKey': key });
    const answer = await client.call(tool, args as Record<string, unknown>);
    return answer.isError ? errorIn(answer) : { code: 'ok', retry_after_seconds: undefined };
  };
  const codes = async (key: string, count: number) => {
    const pages = Array.from({ length: count }, (_, page) =>
      call(key, 'search_businesses', { page: page + 1 }),
    );
    return (await Promise.all(pages)).map(({ code }) => code);
  };

  test.each([
    { what: '5xx', afterMs: 0 },
    { what: 'silence', afterMs: 1_000 },
  ])('with $what for one organization is left alone by it, and serves all others', async ({ afterMs }) => {
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
    expect({ status: ready.status, body: await ready.json() }, 'shows nothing of it').toEqual({
      status: 200,
      body: { status: 'ready', redis: 'not configured' },
    });
  });

  test('for most of several organizations is left alone by all', async () => {
    await start(exceptLookUps(({ key }) => (key.startsWith('4-') ? undefined : { status: 500 })));
    expect(await codes('4-dora', 2)).toEqual(['ok', 'ok']);
    for (const key of ['1-anna', '2-ben', '3-carl']) await codes(key, 2);
    expect(await call('4-dora')).toMatchObject({ code: 'partoo_unavailable' });
  });

  test.each([404, 429])('with %i is alive', async status => {
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
  const answered = (status: number): Attempt => ({ kind: 'answered', status, json: {} });

  function start() {
    let time = 1_000_000;
    const said: string[] = [];
    const note = (what: string) => (scope: string, name: string) =>
      void said.push(`${what} ${scope} ${name}`);
    const breaker = createBreaker({ opened: note('opened'), closed: note('closed') }, () => time);
    const attempt = (from: Source, status: number) => breaker.through(from, async () => answered(status));
    return {
      breaker,
      said,
      pass: (ms: number) => {
        time += ms;
      },
      attempt,
      fail: async (from: Source, times: number) => {
        for (let number = 0; number < times; number++) await attempt(from, 500);
      },
      isHeld: (from: Source) => breaker.notBeforeMs(from) !== undefined,
      cancel: (from: Source) =>
        breaker.through(from, () => Promise.reject(new Error('gone'))).catch(({ message }) => message),
    };
  }

  /** With everybody held back: three organizations failed, of four. */
  async function startOpen() {
    const started = start();
    await started.attempt(source(4), 200);
    for (const number of [1, 2, 3]) await started.fail(source(number), 7);
    expect(started.breaker.state).toBe('open');
    return started;
  }

  test('opens for a key when half of ten attempts fail, and half-opens after ten seconds', async () => {
    const { breaker, attempt, fail, isHeld, pass, said } = start();
    for (let number = 0; number < 5; number++) await attempt(source(1), 200);
    await fail(source(1), 4);
    expect(isHeld(source(1))).toBe(false);
    await fail(source(1), 1);
    expect(breaker.notBeforeMs(source(1))).toBe(10_000);
    expect(await attempt(source(1), 200), 'nothing is sent').toBeUndefined();
    pass(10_000);
    expect(await attempt(source(1), 200)).toEqual(answered(200));
    expect(said).toEqual(['opened key 1-anna', 'closed key 1-anna']);
  });

  test('forgets failures of half a minute ago', async () => {
    const { fail, isHeld, pass } = start();
    await fail(source(1), 9);
    pass(30_000);
    await fail(source(1), 9);
    expect(isHeld(source(1))).toBe(false);
  });

  test('does not hold back a colleague for what one key of an organization fails at', async () => {
    const { fail, isHeld, pass, attempt } = start();
    await fail(source(1, 'anna'), 30);
    expect(isHeld(source(1, 'anna'))).toBe(true);
    expect(isHeld(source(1, 'ben'))).toBe(false);
    for (let round = 0; round < 10; round++) {
      pass(10_000);
      await fail(source(1, 'anna'), 1);
      expect(await attempt(source(1, 'ben'), 200)).toBeDefined();
    }
  });

  test('holds back an organization when most of its keys fail, and no other one', async () => {
    const { fail, isHeld, attempt, breaker, said } = start();
    await attempt(source(1, 'carl'), 200);
    await fail(source(1, 'anna'), 10);
    await fail(source(1, 'ben'), 10);
    expect(isHeld(source(1, 'carl'))).toBe(true);
    expect(isHeld(source(2))).toBe(false);
    expect(said).toContain('opened organization org-1');
    expect(breaker.held).toEqual({ organizations: 1, keys: 1 });
  });

  test('tries an organization with one attempt at a time; the key that failed leaves the next to another', async () => {
    const { fail, pass, breaker, isHeld, attempt } = start();
    await fail(source(1, 'anna'), 10);
    await fail(source(1, 'ben'), 10);
    pass(10_000);
    const trial = Promise.withResolvers<Attempt>();
    const trying = breaker.through(source(1, 'anna'), () => trial.promise);
    expect(await attempt(source(1, 'carl'), 200), 'one at a time').toBeUndefined();
    trial.resolve(answered(500));
    await trying;
    expect(isHeld(source(1, 'anna'))).toBe(true);
    expect(await attempt(source(1, 'carl'), 200)).toBeDefined();
    expect(isHeld(source(1, 'dora'))).toBe(false);
  });

  test.each([
    { of: 2, failing: 2, holds: false },
    { of: 3, failing: 3, holds: true },
    { of: 6, failing: 3, holds: false },
    { of: 5, failing: 3, holds: true },
  ])(
    'with $failing of $of organizations failing holds everybody back: $holds',
    async ({ of, failing, holds }) => {
      const { attempt, fail, isHeld } = start();
      for (let number = 1; number <= of; number++)
        await attempt(source(number), number <= failing ? 500 : 200);
      for (let round = 0; round < 7; round++)
        for (let number = 1; number <= failing; number++) await fail(source(number), 1);
      expect(isHeld(source(99))).toBe(holds);
    },
  );

  test('is not opened for others by keys that are made up', async () => {
    const { fail, isHeld, attempt } = start();
    for (let number = 0; number < 100; number++)
      await fail({ bucket: `key-${number}`, keyHash: `made-up-${number}` }, 20);
    expect(isHeld(source(1))).toBe(false);
    expect(await attempt({ bucket: 'key-new', keyHash: 'new' }, 200)).toBeDefined();
  });

  test('remembers no more keys than it has room for, and made-up ones push no organization out', async () => {
    const { fail, isHeld, breaker } = start();
    await fail(source(1), 10);
    for (let number = 0; number < 6_000; number++)
      await fail({ bucket: 'unknown', keyHash: `made-up-${number}` }, 10);
    expect(breaker.held.keys).toBeLessThanOrEqual(5_001);
    expect(isHeld(source(1))).toBe(true);
  });

  test('half open for everybody, lets one attempt of each organization try, and closes when one succeeds', async () => {
    const { breaker, attempt, fail, isHeld, pass, said } = await startOpen();
    expect(isHeld(source(4))).toBe(true);
    pass(10_000);
    expect(breaker.state).toBe('half_open');
    const trial = Promise.withResolvers<Attempt>();
    const trying = breaker.through(source(1), () => trial.promise);
    expect(isHeld(source(1)), 'one at a time').toBe(true);
    await fail(source(2), 1);
    expect(isHeld(source(2)), 'its own trial failed').toBe(true);
    expect(isHeld(source(4)), 'not held by those of others').toBe(false);
    await attempt(source(4), 200);
    expect(breaker.state).toBe('closed');
    expect(said.filter(line => line.includes('everybody'))).toHaveLength(2);
    trial.resolve(answered(200));
    await trying;
  });

  test('is not closed for everybody by a key that is not known', async () => {
    const { breaker, attempt, pass } = await startOpen();
    pass(10_000);
    await attempt({ bucket: 'unknown', keyHash: 'made-up' }, 401);
    expect(breaker.state).toBe('half_open');
  });

  test('a trial whose caller goes away decides nothing and leaves its place to the next', async () => {
    const { fail, pass, cancel, isHeld, attempt } = start();
    await fail(source(1), 10);
    pass(10_000);
    expect(await cancel(source(1))).toBe('gone');
    expect(isHeld(source(1))).toBe(false);
    expect(await attempt(source(1), 200)).toBeDefined();
  });

  test('attempts that are given up neither open it nor keep it closed', async () => {
    const { fail, cancel, isHeld, breaker } = start();
    const cut = { kind: 'lost', timedOut: true, cutShort: true, cause: undefined } as const;
    for (let number = 0; number < 30; number++) {
      await cancel(source(1));
      await breaker.through(source(1), async () => cut);
    }
    expect(isHeld(source(1))).toBe(false);
    await fail(source(1), 10);
    expect(isHeld(source(1))).toBe(true);
  });

  test('an attempt from before it opened neither closes it nor holds it open', async () => {
    const { fail, pass, breaker, isHeld } = start();
    const early = Promise.withResolvers<Attempt>();
    const late = breaker.through(source(1), () => early.promise);
    await fail(source(1), 10);
    early.resolve(answered(200));
    await late;
    expect(isHeld(source(1))).toBe(true);
    pass(10_000);
    expect(isHeld(source(1))).toBe(false);
  });
});
