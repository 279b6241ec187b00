import { print } from '../support/print.ts';
import { printVerdicts, type Verdict } from '../support/verdicts.ts';
import { FLOOR, OURS_2025, OURS_2026 } from './baselines.ts';
import { microseconds, times } from './figures.ts';
import { buildOurs } from './install.ts';
import { keysFor } from './measure.ts';
import { probe } from './probe.ts';
import { alternate } from './rounds.ts';
import { ratioOf, spreadOf } from './statistics.ts';
import { openTestbed } from './testbed.ts';

/**
 * Checks that a change has not made calls much more expensive: compares the CPU time of a call with a bare proxy's, in
 * short alternating rounds. `npm run bench:guard` takes less than a minute and works on noisy machines: its threshold is
 * far above the target of `npm run bench`, so that only a change of the code can exceed it.
 */
const AT_MOST = 2.5;
const ROUNDS = 5;
const SECONDS = 0.7;

buildOurs();
const testbed = await openTestbed();
const callers = { keys: keysFor(50), connections: 10 };
const baselines = [FLOOR, OURS_2026, OURS_2025];
const entries = [];
for (const baseline of baselines) {
  const target = await testbed.start(baseline);
  await probe(target);
  entries.push({ target, callers });
}
const measured = await alternate(testbed, entries, {
  rounds: ROUNDS,
  seconds: SECONDS,
  warmUpCalls: 1_500,
  print,
});
await testbed.close();

const [floor = [], ...ours] = measured.map(rounds => rounds.map(({ cpuPerCall }) => cpuPerCall));
const verdicts = ours.map((costs, index): Verdict => {
  const ratio = ratioOf(costs, floor);
  return {
    target: `CPU per call, ${baselines[index + 1]?.revision}, to the floor, at most ${AT_MOST} ×`,
    measured: `${times(ratio)}: ${microseconds(spreadOf(costs))} µs, the floor ${microseconds(spreadOf(floor))} µs`,
    ok: ratio.median <= AT_MOST,
  };
});
printVerdicts(verdicts, print);
