import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startProcess } from '../../test/support/process.ts';
import { startRedis } from '../../test/support/redis-process.ts';
import { closeClient, sendCall, type Target } from '../chaos/client.ts';
import { MEASURABLE, type Memory, measure } from '../chaos/memory.ts';
import { note, print } from '../chaos/notes.ts';
import { makePlan } from '../chaos/plan/plan.ts';
import { reportVerdicts } from '../chaos/report.ts';
import { startUpstream } from '../chaos/upstream-process.ts';
import { exitOnSignals } from '../support/exit-on-signals.ts';
import { steadily } from '../support/steadily.ts';
import { keysOf } from './redis-keys.ts';
import { slopeOf } from './slope.ts';

/**
 * Sends mixed calls at a steady rate to one server on Redis, long enough to show leaks.
 * `npm run soak`, twenty minutes; `--minutes 5 --rate 40` for other runs.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    rate: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
const [minutes, rate, seed] = [Number(values.minutes), Number(values.rate), Number(values.seed)];
const EVERY_MS = 10_000;
/** Left out of the slope: the heap finds its size, and caches of two minutes fill. */
const WARM_UP_MINUTES = Math.max(minutes / 4, Math.min(3, minutes / 2));
/** Longer than idle connections and timers live. */
const SETTLE_MS = 75_000;
/** Garbage collections differ by about this much. In 20 minutes, a leak of 1 kB per call would be 20 times as much. */
const MAY_GROW_MIB = 2;

exitOnSignals();

interface Sample extends Memory {
  minute: number;
  files: number;
  redisKeys: number;
}

const now = new Date();
const upstream = await startUpstream(seed, now);
await upstream.slowDown();
const redis = await startRedis();
const server = await startProcess({
  PARTOO_BASE_URL: upstream.url,
  REDIS_URL: redis.url,
  RATE_LIMIT_PER_MINUTE: '100000',
  ...MEASURABLE,
});
const target: Target = { name: 'server', killed: false, server };

const begun = performance.now();
async function sample(): Promise<Sample> {
  const memory = await measure({ server });
  const files = (await readdir(`/proc/${server.child.pid}/fd`)).length;
  const redisKeys = (await keysOf(redis.url)).length;
  const taken = { minute: (performance.now() - begun) / 60_000, files, redisKeys, ...memory };
  const mib = [taken.heapUsed, taken.rss].map(value => value.toFixed(1));
  note(
    `heap ${mib[0]} MiB, resident ${mib[1]} MiB, ${files} open files, ${taken.timers} timers, ${taken.sockets} sockets, ${redisKeys} Redis keys`,
  );
  return taken;
}

const before = await sample();
const plan = makePlan(seed, Math.ceil(minutes * 60 * rate * 1.1), now);
const outcomes = new Map<string, number>();
const over = AbortSignal.timeout(minutes * 60_000);
const load = steadily(rate, over, async number => {
  const intent = plan[number - 1];
  if (!intent) return;
  const { outcome } = await sendCall(target, intent);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
});

const samples: Sample[] = [];
while (!over.aborted) {
  await sleep(EVERY_MS);
  if (!over.aborted) samples.push(await sample());
}
await load;
await closeClient();
note('the load is over');
const keys = await keysOf(redis.url);
await sleep(SETTLE_MS);
const after = await sample();
const code = await server.stop();
await Promise.all([redis.stop(), upstream.stop()]);

const measured = samples.filter(({ minute }) => minute > WARM_UP_MINUTES);
const slope = (of: (sample: Sample) => number) =>
  slopeOf(measured.map(sample => ({ x: sample.minute / 60, y: of(sample) })));
const hours = ((measured.at(-1)?.minute ?? 0) - (measured[0]?.minute ?? 0)) / 60;
const heapSlope = slope(({ heapUsed }) => heapUsed);
const immortal = keys.filter(({ ttlMs }) => ttlMs < 0).map(({ name }) => name);

print(`\n${minutes} minutes at ${rate} calls per second`);
for (const [outcome, count] of outcomes) print(`${String(count).padStart(8)}  ${outcome}`);
print(
  `heap in use, after gc   ${heapSlope.toFixed(2)} MiB per hour, from the last ${measured.length} samples`,
);
print(`resident                ${slope(({ rss }) => rss).toFixed(2)} MiB per hour`);
print(`open files              ${slope(({ files }) => files).toFixed(2)} per hour`);
print(`at rest before / after  ${atRest(before)} / ${atRest(after)}`);
print(`Redis keys              ${keys.length} at the end of the load, ${after.redisKeys} after a pause`);

const holds = reportVerdicts([
  {
    claim: 'every call succeeded',
    failures: [...outcomes].filter(([outcome]) => outcome !== 'done').map(String),
  },
  {
    claim: `the heap grows by less than ${MAY_GROW_MIB} MiB after the warm-up`,
    failures: heapSlope * hours < MAY_GROW_MIB ? [] : [`${(heapSlope * hours).toFixed(1)} MiB`],
  },
  {
    claim: 'no socket, timer or open file leaked',
    failures: (['sockets', 'timers', 'files'] as const)
      .filter(what => after[what] > before[what])
      .map(what => `${after[what]} ${what}, ${before[what]} before`),
  },
  { claim: 'every Redis key expires', failures: immortal },
  { claim: 'the server exited with 0', failures: code === 0 ? [] : [`it exited with ${code}`] },
]);
process.exitCode = holds ? 0 : 1;

function atRest({ heapUsed, files, timers, sockets }: Sample): string {
  return `${heapUsed.toFixed(1)} MiB, ${files} files, ${timers} timers, ${sockets} sockets`;
}
