import { Redis } from 'ioredis';
import { OURS_REDIS_2026 } from '../cost/baselines.ts';
import { keysFor, measureRound, type Target } from '../cost/measure.ts';
import { probe } from '../cost/probe.ts';
import type { Testbed } from '../cost/testbed.ts';
import { keysOf } from '../soak/redis-keys.ts';
import type { Verdict } from '../support/verdicts.ts';
import type { Section } from './section.ts';

const LIMIT = 300;
/** One less than the limit: the lookup of the key's organization counts too. */
const CALLS_OF_A_FULL_KEY = LIMIT - 1;
const CONNECTIONS = 10;
const MOST_BYTES = { few: 4 * 1024, full: 64 * 1024 };

/** Measures Redis memory per key after one call and, as the maximum, after a full minute of calls. */
export async function redisMemory(testbed: Testbed): Promise<Section> {
  const once = await bytesPerKey(testbed, 2_000, 1);
  const full = await bytesPerKey(testbed, 40, CALLS_OF_A_FULL_KEY);
  const neverExpire = [...once.neverExpire, ...full.neverExpire];
  const row = (what: string, { keys, bytes, entries }: Found) => [
    what,
    `${keys}`,
    `${bytes.toFixed(0)} B`,
    entries.toFixed(1),
  ];
  const verdict = (what: string, { bytes }: Found, most: number): Verdict => ({
    target: `Redis memory of a key ${what}, at most ${most / 1024} KiB`,
    measured: `${bytes.toFixed(0)} B`,
    ok: bytes <= most,
  });
  return {
    title: 'Redis memory',
    table: {
      head: ['', 'keys', 'bytes per key', 'Redis keys per key'],
      rows: [row('after one call', once), row(`after ${CALLS_OF_A_FULL_KEY} calls`, full)],
    },
    verdicts: [
      verdict('after one call', once, MOST_BYTES.few),
      verdict('that has used up its minute', full, MOST_BYTES.full),
      {
        target: 'every Redis key expires',
        measured: neverExpire.length === 0 ? 'yes' : neverExpire.slice(0, 5).join(', '),
        ok: neverExpire.length === 0,
      },
    ],
  };
}

interface Found {
  keys: number;
  bytes: number;
  entries: number;
  neverExpire: string[];
}

async function bytesPerKey(testbed: Testbed, keys: number, callsPerKey: number): Promise<Found> {
  const { url } = await testbed.startRedis();
  const env = { REDIS_URL: url, RATE_LIMIT_PER_MINUTE: `${LIMIT}` };
  const target: Target = await testbed.start(OURS_REDIS_2026, env);
  // The first call loads scripts and fills the buffers of the connection.
  await probe(target);
  const before = await usedMemory(url);
  const entriesBefore = (await keysOf(url)).length;
  const callers = { keys: keysFor(keys), connections: CONNECTIONS };
  await measureRound(testbed, target, callers, keys * callsPerKey);
  const after = await usedMemory(url);
  const entries = await keysOf(url);
  await target.server.stop('SIGKILL');
  return {
    keys,
    bytes: (after - before) / keys,
    entries: (entries.length - entriesBefore) / keys,
    neverExpire: entries.filter(({ ttlMs }) => ttlMs < 0).map(({ name }) => name),
  };
}

async function usedMemory(url: string): Promise<number> {
  const redis = new Redis(url);
  const [, bytes] = /used_memory:(\d+)/.exec(await redis.info('memory')) ?? [];
  redis.disconnect();
  return Number(bytes);
}
