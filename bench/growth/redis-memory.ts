import { Redis } from 'ioredis';
import { OURS_REDIS_2026 } from '../cost/baselines.ts';
import type { Stage } from '../cost/environment.ts';
import { keysFor, measureRound, type Target } from '../cost/measure.ts';
import { probe } from '../cost/probe.ts';
import { keysOf } from '../soak/redis-keys.ts';
import type { Verdict } from '../support/verdicts.ts';
import type { Part } from './part.ts';

const LIMIT = 300;
/** A call less for the question whose key it is. */
const CALLS_OF_A_FULL_KEY = LIMIT - 1;
const CONNECTIONS = 10;
const MOST_BYTES = { few: 4 * 1024, full: 64 * 1024 };

/** What Redis keeps for a key that has called once, and for one that has used up its minute: it cannot have more. */
export async function redisMemory(stage: Stage): Promise<Part> {
  const once = await bytesPerKey(stage, 2_000, 1);
  const full = await bytesPerKey(stage, 40, CALLS_OF_A_FULL_KEY);
  const immortal = [...once.immortal, ...full.immortal];
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
      head: ['', 'keys', 'bytes a key', 'Redis keys a key'],
      rows: [row('after one call', once), row(`after ${CALLS_OF_A_FULL_KEY} calls`, full)],
    },
    verdicts: [
      verdict('after one call', once, MOST_BYTES.few),
      verdict('that has used up its minute', full, MOST_BYTES.full),
      {
        target: 'every Redis key expires',
        measured: immortal.length === 0 ? 'yes' : immortal.slice(0, 5).join(', '),
        ok: immortal.length === 0,
      },
    ],
  };
}

interface Found {
  keys: number;
  bytes: number;
  entries: number;
  immortal: string[];
}

async function bytesPerKey(stage: Stage, keys: number, callsPerKey: number): Promise<Found> {
  const { url } = await stage.startRedis();
  const env = { REDIS_URL: url, RATE_LIMIT_PER_MINUTE: `${LIMIT}` };
  const target: Target = await stage.start(OURS_REDIS_2026, env);
  // Scripts are loaded and the connection has its buffers.
  await probe(target);
  const before = await usedMemory(url);
  const entriesBefore = (await keysOf(url)).length;
  const callers = { keys: keysFor(keys), connections: CONNECTIONS };
  await measureRound(stage, target, callers, keys * callsPerKey);
  const after = await usedMemory(url);
  const entries = await keysOf(url);
  await target.server.stop('SIGKILL');
  return {
    keys,
    bytes: (after - before) / keys,
    entries: (entries.length - entriesBefore) / keys,
    immortal: entries.filter(({ ttlMs }) => ttlMs < 0).map(({ name }) => name),
  };
}

async function usedMemory(url: string): Promise<number> {
  const redis = new Redis(url);
  const [, bytes] = /used_memory:(\d+)/.exec(await redis.info('memory')) ?? [];
  redis.disconnect();
  return Number(bytes);
}
