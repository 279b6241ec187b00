import type { Verdict } from '../support/verdicts.ts';
import { milliseconds, times } from './figures.ts';
import type { Latency } from './latency.ts';
import type { Round } from './measure.ts';
import type { StartTime } from './start-time.ts';
import { ratioOf } from './statistics.ts';

/** Our targets; the median of the rounds must meet each. */
const MEMORY_TO_FLOOR = 1.5;
const REDIS_TO_FLOOR = 1.9;
const FRAMEWORK_TO_OURS = 3;
const LIST_TO_FILE = 1.2;
const ADDED_MS = 1;
const START_TO_BARE = 2;
/** One, and a margin for commands that the connection sends by itself. */
const COMMANDS_PER_CALL = 1.05;

const cpu = (rounds: readonly Round[]) => rounds.map(({ cpuPerCall }) => cpuPerCall);

function atMost(target: string, rounds: readonly Round[], to: readonly Round[], most: number): Verdict {
  const ratio = ratioOf(cpu(rounds), cpu(to));
  return { target: `${target}, at most ${most} ×`, measured: times(ratio), ok: ratio.median <= most };
}

export const judgeFloor = (
  name: string,
  rounds: readonly Round[],
  floor: readonly Round[],
  store: 'memory' | 'redis',
) =>
  atMost(
    `CPU per call, ${name}, to the floor`,
    rounds,
    floor,
    store === 'redis' ? REDIS_TO_FLOOR : MEMORY_TO_FLOOR,
  );

export const judgeList = (name: string, rounds: readonly Round[], file: readonly Round[]) =>
  atMost(`CPU of \`tools/list\`, ${name}, to a static file`, rounds, file, LIST_TO_FILE);

export function judgeFramework(name: string, theirs: readonly Round[], ours: readonly Round[]): Verdict {
  const ratio = ratioOf(cpu(theirs), cpu(ours));
  return {
    target: `CPU per call, ${name}, to ours with the memory store, at least ${FRAMEWORK_TO_OURS} ×`,
    measured: times(ratio),
    ok: ratio.median >= FRAMEWORK_TO_OURS,
  };
}

export const judgeLatency = ({ added, addedByFloor, through, direct, perSecond }: Latency): Verdict => ({
  target: `p50 added to a direct request to Partoo, at 10 % load (${perSecond.toFixed(0)} calls/s), at most ${ADDED_MS} ms`,
  measured: `${milliseconds(added)}: ${through.median.toFixed(2)} instead of ${direct.median.toFixed(2)} ms; the floor adds ${milliseconds(addedByFloor)}`,
  ok: added.median <= ADDED_MS,
});

export const judgeStart = ({ ours, bare, ratio }: StartTime): Verdict => ({
  target: `start to first response, to a bare Fastify app, at most ${START_TO_BARE} ×`,
  measured: `${times(ratio)}: ${ours.median.toFixed(0)} instead of ${bare.median.toFixed(0)} ms`,
  ok: ratio.median <= START_TO_BARE,
});

export function judgeRedis(sent: ReadonlyMap<string, number>, calls: number): Verdict {
  const all = [...sent.values()].reduce((sum, count) => sum + count, 0);
  const each = [...sent].map(([name, count]) => `${name} ${(count / calls).toFixed(2)}`);
  return {
    target: 'commands sent to Redis per call, one',
    measured: `${(all / calls).toFixed(2)} (${each.join(', ')})`,
    ok: all / calls <= COMMANDS_PER_CALL,
  };
}
