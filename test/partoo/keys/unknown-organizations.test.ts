import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CallError } from '../../../src/core/call-error.ts';
import { KeyRegistry } from '../../../src/partoo/keys/key-registry.ts';
import { Limiter } from '../../../src/rate-limit/limiter.ts';
import { MemoryStore } from '../../../src/rate-limit/memory-store.ts';
import { MemoryRecords } from '../../../src/storage/records/memory-records.ts';
import { connectPlain, errorIn } from '../../support/clients.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import { startScriptedPartoo } from '../../support/scripted-partoo.ts';
import { startPair, startServer } from '../../support/start.ts';

const redisUrl = redisDatabase(9);
const LOOK_UP = '/v2/user/me';
/** All of one organization. */
const KEYS = ['demo-admin', 'demo-colleague', 'demo-manager'];
/** When look-ups that failed once are retried. */
const BACKOFF_MS = 2_100;

async function codeOf(url: string, key: string, page: number) {
  const client = await connectPlain(url, { 'x-APIKey': key });
  const result = await client.call('search_businesses', { page });
  return result.isError ? errorIn(result).code : 'ok';
}

describe('while look-ups fail', () => {
  test.each([500, 503, 403, 404])('(%i) calls of new keys succeed', async status => {
    const partoo = await startScriptedPartoo(({ path }) => (path === '/user/me' ? { status } : undefined));
    const server = await startServer(partoo.baseUrl);
    const codes = await Promise.all(Array.from({ length: 12 }, (_, i) => codeOf(server.url, `${i}-new`, 1)));
    expect(codes).toEqual(Array(12).fill('ok'));
    await server.close();
    await partoo.close();
  });

  const silence = { kind: 'status', status: 503, path: LOOK_UP, times: Number.POSITIVE_INFINITY } as const;

  test.each([
    { where: 'in memory', env: [{}] },
    ...(redisUrl === undefined
      ? []
      : [{ where: 'in two replicas on one Redis', env: [{ REDIS_URL: redisUrl }, { REDIS_URL: redisUrl }] }]),
  ])(
    'keys of one organization together keep to its limit, $where, then and after look-ups succeed again',
    async ({ env }) => {
      const limit = {
        RATE_LIMIT_PER_MINUTE: '30',
        RATE_LIMIT_MAX_WAIT_MS: '0',
        KEY_HASH_SECRET: 'for the tests, of 32 characters.',
      };
      const pair = await startPair({ ...limit, ...env[0] });
      const others = await Promise.all(
        env.slice(1).map(more => startServer(`${pair.partoo.app.listeningOrigin}/v2`, { ...limit, ...more })),
      );
      const urls = [pair, ...others].map(({ url }) => url);
      let page = 0;
      const callAll = (times: number) =>
        Promise.all(
          Array.from({ length: times }, (_, i) =>
            KEYS.map((key, k) => codeOf(urls[(i + k) % urls.length] as string, key, ++page)),
          ).flat(),
        );
      pair.partoo.faults.add(silence);
      expect(await callAll(3)).toEqual(Array(9).fill('ok'));
      pair.partoo.faults.clear();
      await sleep(BACKOFF_MS);

      const codes = await callAll(10);
      expect(pair.partoo.requests.length).toBeLessThanOrEqual(30);
      expect(pair.partoo.requests.length, 'and all of that').toBeGreaterThanOrEqual(28);
      expect(new Set(codes)).toEqual(new Set(['ok', 'rate_limited']));
      const successful = pair.partoo.requests.filter(
        ({ path, status }) => path === LOOK_UP && status === 200,
      );
      expect(successful.length, 'they are known by now').toBeGreaterThanOrEqual(KEYS.length);
      await Promise.all([pair, ...others].map(server => server.close()));
    },
    30_000,
  );

  test.each([
    { whose: 'a made-up key', key: 'odd', response: { status: 403, body: '<html>' } },
    { whose: 'a made-up key', key: 'odd', response: { status: 500 } },
    { whose: 'one organization', key: '99-odd', response: { status: 500 } },
    { whose: 'one organization', key: '99-odd', response: { status: 429 } },
  ])(
    'only for $whose ($response.status), other organizations keep their whole limit',
    async ({ key, response }) => {
      const partoo = await startScriptedPartoo(request =>
        request.key === key && request.path === '/user/me' ? response : undefined,
      );
      const server = await startServer(partoo.baseUrl, {
        RATE_LIMIT_PER_MINUTE: '10',
        RATE_LIMIT_MAX_WAIT_MS: '0',
      });
      for (const organization of [1, 2, 3]) await codeOf(server.url, `${organization}-before`, 1);
      await codeOf(server.url, key, 1);
      for (const organization of [4, 5, 6]) {
        const codes = Array.from({ length: 8 }, (_, page) =>
          codeOf(server.url, `${organization}-new`, page + 1),
        );
        expect(await Promise.all(codes)).toEqual(Array(8).fill('ok'));
      }
      await server.close();
      await partoo.close();
    },
  );

  test('a 429 for one of the keys pauses no other', async () => {
    const pair = await startPair();
    pair.partoo.faults.add(silence);
    expect(await codeOf(pair.url, 'demo-admin', 1)).toBe('ok');
    pair.partoo.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    expect(await codeOf(pair.url, 'demo-admin', 2)).toBe('rate_limited');
    expect(await codeOf(pair.url, 'demo-admin', 3)).toBe('rate_limited');
    expect(await codeOf(pair.url, 'demo-other', 4)).toBe('ok');
    await pair.close();
  });
});

describe('the status of a key', () => {
  afterEach(() => vi.useRealTimers());

  const RULES = { limit: 10, keyLimit: 10, windowMs: 60_000, deliveryAllowanceMs: 0, maxWaiting: 100 };
  const HOUR_MS = 3_600_000;
  const belongsTo = (org_id: unknown) => ({ id: 'x', org_id });
  const FAILED = new CallError('partoo_unavailable', 'Partoo answered 503');

  function open(records = new MemoryRecords()) {
    vi.useFakeTimers({ toFake: ['Date'] });
    const limiter = new Limiter(new MemoryStore(RULES));
    const errors: unknown[] = [];
    const keys = new KeyRegistry(records, limiter, { error: fields => errors.push(fields) });
    const patient = { maxWaitMs: 0, signal: new AbortController().signal };
    const partoo = { end: FAILED as unknown, lookUps: 0 };
    const lookUp = async (buckets: readonly string[]) => {
      partoo.lookUps++;
      await limiter.acquire(buckets, 'a-me', patient);
      if (partoo.end instanceof Error) throw partoo.end;
      return partoo.end;
    };
    return {
      partoo,
      keys,
      limiter,
      errors,
      records,
      bucketsOf: async (key = 'a') => keys.bucketsOf(key, lookUp),
      use: async (buckets: readonly string[]) => {
        const admission = await limiter.acquire(buckets, 'a', patient);
        return admission.granted ? admission.remaining : 'refused';
      },
      pass: (ms: number) => vi.setSystemTime(Date.now() + ms),
    };
  }
  /** Until a look-up in the background has ended. */
  const soon = () => sleep(20);

  test('is looked up again with a growing delay after failures', async () => {
    const { partoo, bucketsOf, pass } = open();
    const lookUpsAfter: number[] = [];
    for (const seconds of [0, 1, 1, 1, 3, 8, 16, 30]) {
      pass(seconds * 1_000);
      for (let i = 0; i < 3; i++) expect(await bucketsOf()).toEqual(['key-a', 'unknown']);
      lookUpsAfter.push(partoo.lookUps);
    }
    expect(lookUpsAfter).toEqual([1, 1, 2, 2, 3, 4, 5, 6]);
  });

  test('once known, moves what the key has used to its organization, which shares the bucket of unknown keys for a minute', async () => {
    const { partoo, bucketsOf, use, pass } = open();
    const unknown = await bucketsOf();
    for (let i = 0; i < 3; i++) await use(unknown);
    partoo.end = belongsTo(7);
    pass(2_000);
    expect(await bucketsOf()).toEqual(['org-7', 'unknown']);
    expect(await use(['org-7']), 'ten less three, two look-ups and this').toBe(4);
    pass(60_000);
    expect(await bucketsOf()).toEqual(['org-7']);
  });

  test('delays calls by at most two seconds while a look-up is retried, and later calls not at all', async () => {
    const { keys, bucketsOf, pass } = open();
    await bucketsOf();
    pass(2_000);
    const hanging = async () => keys.bucketsOf('a', () => new Promise(() => {}));
    const timed = async () => {
      const started = performance.now();
      expect(await hanging()).toEqual(['key-a', 'unknown']);
      return performance.now() - started;
    };
    expect(await timed()).toBeLessThan(3_000);
    expect(await timed()).toBeLessThan(500);
    const ended = keys.lookUpInProgress('a')?.then(() => true);
    expect(await Promise.race([ended, sleep(20, false)]), 'and the look-up goes on').toBe(false);
  });

  test('stays while later look-ups fail, which are retried in the background', async () => {
    const { partoo, bucketsOf, errors, pass } = open();
    partoo.end = belongsTo(7);
    expect(await bucketsOf()).toEqual(['org-7']);
    partoo.end = FAILED;
    pass(HOUR_MS);
    expect(await bucketsOf(), 'without waiting').toEqual(['org-7']);
    await soon();
    expect(await bucketsOf()).toEqual(['org-7']);
    expect(partoo.lookUps).toBe(2);
    partoo.end = belongsTo(8);
    pass(2_000);
    await bucketsOf();
    await soon();
    expect(await bucketsOf(), 'moved').toEqual(['org-8']);
    expect(errors).toEqual([]);
  });

  test('survives a restart and is used at once even when its look-up is due', async () => {
    const { partoo, bucketsOf, records, pass } = open();
    partoo.end = belongsTo(7);
    await bucketsOf();
    pass(HOUR_MS + 1);
    const restarted = open(records);
    expect(await restarted.bucketsOf()).toEqual(['org-7']);
    expect(restarted.partoo.lookUps).toBe(0);
    restarted.partoo.end = belongsTo(8);
    await restarted.bucketsOf();
    await soon();
    expect(await restarted.bucketsOf()).toEqual(['org-8']);
  });

  test('moves what a standalone key has used to the organization that it gets', async () => {
    const { partoo, bucketsOf, use, pass } = open();
    partoo.end = belongsTo(null);
    const own = await bucketsOf();
    expect(own).toEqual(['key-a']);
    for (let i = 0; i < 3; i++) await use(own);
    partoo.end = belongsTo(7);
    pass(HOUR_MS);
    await bucketsOf();
    await soon();
    expect(await bucketsOf()).toEqual(['org-7']);
    expect(await use(['org-7'])).toBe(4);
  });

  test.each([
    [12, 'org-12'],
    ['12', 'org-12'],
    [12345678901234567890n, 'org-12345678901234567890'],
    [null, 'key-a'],
    [undefined, 'key-a'],
    [{ id: 12 }, 'key-a', 'unknown'],
    [true, 'key-a', 'unknown'],
    ['12}:x', 'key-a', 'unknown'],
  ])('an org_id of %s means the buckets %s', async (id, ...buckets) => {
    const { partoo, bucketsOf } = open();
    partoo.end = belongsTo(id);
    expect(await bucketsOf()).toEqual(buckets);
  });

  test('stays rejected when a request was rejected while a failed look-up was recorded', async () => {
    const { keys, limiter, bucketsOf } = open();
    const copied = Promise.withResolvers<void>();
    vi.spyOn(limiter, 'copyUsage').mockReturnValue(copied.promise);
    const buckets = bucketsOf();
    await expect.poll(() => vi.mocked(limiter.copyUsage).mock.calls.length).toBe(1);
    await keys.markRejected('a');
    copied.resolve();
    await expect(buckets).rejects.toThrow('rejected this key');
    expect(keys.rejects('a')).toBe(true);
  });

  test('is unknown when the response is not a user', async () => {
    const { partoo, bucketsOf } = open();
    partoo.end = [];
    expect(await bucketsOf()).toEqual(['key-a', 'unknown']);
  });

  test('says that Partoo accepted the key, for all replicas, until one of them sees it rejected', async () => {
    const { keys, bucketsOf, records } = open();
    await bucketsOf();
    keys.markAccepted('a');
    const other = open(records).keys;
    expect(other.accepts('a')).toBe(false);
    await expect.poll(() => other.hasBeenAccepted('a')).toBe(true);
    await other.markRejected('a');
    const third = open(records);
    expect(await third.keys.hasBeenAccepted('a')).toBe(false);
    third.pass(60_000);
    expect(await third.keys.hasBeenAccepted('a')).toBe(false);
  });
});
