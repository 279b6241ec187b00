import { sayVerdicts, type Verdict } from '../support/verdicts.ts';
import { FLOOR, OURS_2025, OURS_2026 } from './baselines.ts';
import { openStage } from './environment.ts';
import { microseconds, times } from './figures.ts';
import { buildOurs } from './install.ts';
import { keysFor } from './measure.ts';
import { probe } from './probe.ts';
import { alternate } from './rounds.ts';
import { ratioOf, spreadOf } from './statistics.ts';

/**
 * Whether a change has made a call much dearer: its CPU beside a bare proxy's, in short rounds that take turns.
 * `npm run bench:guard`, under a minute, for machines whose figures mean nothing by themselves. What it lets through is
 * far above what `npm run bench` wants, so that only a change of ours can fail it.
 */
const AT_MOST = 2.5;
const ROUNDS = 5;
const SECONDS = 0.7;

const say = (text: string) => process.stdout.write(`${text}\n`);

buildOurs();
const stage = await openStage();
const callers = { keys: keysFor(50), connections: 10 };
const baselines = [FLOOR, OURS_2026, OURS_2025];
const entries = [];
for (const baseline of baselines) {
  const target = await stage.start(baseline);
  await probe(target);
  entries.push({ target, callers });
}
const measured = await alternate(stage, entries, {
  rounds: ROUNDS,
  seconds: SECONDS,
  warmUpCalls: 1_500,
  say,
});
await stage.close();

const [floor = [], ...ours] = measured.map(rounds => rounds.map(({ cpuPerCall }) => cpuPerCall));
const verdicts = ours.map((costs, index): Verdict => {
  const ratio = ratioOf(costs, floor);
  return {
    target: `CPU a call, ${baselines[index + 1]?.revision}, to the floor, at most ${AT_MOST} ×`,
    measured: `${times(ratio)}: ${microseconds(spreadOf(costs))} µs, and the floor ${microseconds(spreadOf(floor))} µs`,
    ok: ratio.median <= AT_MOST,
  };
});
sayVerdicts(verdicts, say);
