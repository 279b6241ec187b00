import { type Baseline, FLOOR, OURS_2026, OURS_REDIS_2026 } from '../cost/baselines.ts';
import { microseconds, times } from '../cost/figures.ts';
import { keysFor, type Round } from '../cost/measure.ts';
import { alternate, type Entry } from '../cost/rounds.ts';
import { ratioOf, spreadOf } from '../cost/statistics.ts';
import type { Testbed } from '../cost/testbed.ts';
import type { Verdict } from '../support/verdicts.ts';
import type { RunOptions, Section } from './section.ts';

/** By how much the CPU time of a call may grow from the first point to the last. */
const MAY_GROW_BY = 0.1;

const KEYS = [1, 100, 1_000, 10_000];
const CONNECTIONS = 10;
const CALLERS = [1, 4, 16, 64];

const WARM_UP_CALLS = 3_000;

interface Line {
  name: string;
  /** The figures at each point. */
  at: { point: number; rounds: Round[] }[];
  isOurs: boolean;
}

/** Measures calls of 1 to 10,000 keys. Each point has its own server, which has seen no other keys. */
export async function byKeys(testbed: Testbed, runOptions: RunOptions): Promise<Section> {
  const points = KEYS.map(count => ({
    point: count,
    callers: { keys: keysFor(count), connections: CONNECTIONS },
  }));
  const lines = await measureLines(testbed, [OURS_2026, OURS_REDIS_2026], points, runOptions, 'own servers');
  return sectionOf('Keys', 'keys', lines);
}

/** Measures calls of 1 to 64 callers on one server. */
export async function byCallers(testbed: Testbed, runOptions: RunOptions): Promise<Section> {
  const points = CALLERS.map(connections => ({
    point: connections,
    callers: { keys: keysFor(3 * Math.max(...CALLERS)), connections },
  }));
  const lines = await measureLines(
    testbed,
    [FLOOR, OURS_2026, OURS_REDIS_2026],
    points,
    runOptions,
    'one server',
  );
  return sectionOf('Callers', 'callers', lines);
}

async function measureLines(
  testbed: Testbed,
  baselines: Baseline[],
  points: { point: number; callers: Entry['callers'] }[],
  { rounds, seconds, print }: RunOptions,
  servers: 'own servers' | 'one server',
): Promise<Line[]> {
  const entries: Entry[] = [];
  for (const baseline of baselines) {
    const shared = servers === 'one server' ? await testbed.start(baseline) : undefined;
    for (const { callers, point } of points) {
      const target = shared ?? (await testbed.start(baseline));
      entries.push({ target: { ...target, name: `${target.name}, ${point}` }, callers });
    }
  }
  const measured = await alternate(testbed, entries, { rounds, seconds, warmUpCalls: WARM_UP_CALLS, print });
  return baselines.map((baseline, line) => ({
    name: baseline.name,
    isOurs: baseline !== FLOOR,
    at: points.map(({ point }, index) => ({ point, rounds: measured[line * points.length + index] ?? [] })),
  }));
}

const costs = (rounds: readonly Round[]) => rounds.map(({ cpuPerCall }) => cpuPerCall);

function sectionOf(title: string, what: string, lines: Line[]): Section {
  const rows = lines.flatMap(({ name, at }) =>
    at.map(({ point, rounds }) => [
      name,
      `${point}`,
      microseconds(spreadOf(costs(rounds))),
      times(ratioOf(costs(rounds), costs(at[0]?.rounds ?? []))),
      microseconds(spreadOf(rounds.map(({ callsPerSecond }) => callsPerSecond))),
    ]),
  );
  return {
    title,
    table: { head: ['server', what, 'CPU per call, µs', `to ${KEYS[0]}`, 'calls/s'], rows },
    verdicts: lines.filter(({ isOurs }) => isOurs).map(line => judge(line, what)),
  };
}

function judge({ name, at }: Line, what: string): Verdict {
  const [least, most] = [at[0], at.at(-1)];
  const ratio = ratioOf(costs(most?.rounds ?? []), costs(least?.rounds ?? []));
  return {
    target: `CPU per call, ${name}, ${most?.point} ${what} to ${least?.point}, at most ${100 * MAY_GROW_BY} % more`,
    measured: times(ratio),
    ok: ratio.median - 1 <= MAY_GROW_BY,
  };
}
