import { FLOOR, OURS_2026, OURS_REDIS_2026 } from '../cost/baselines.ts';
import { megabytes } from '../cost/figures.ts';
import { keysFor, measureRound, type Target } from '../cost/measure.ts';
import { spreadOf } from '../cost/statistics.ts';
import type { Testbed } from '../cost/testbed.ts';
import type { RunOptions, Section } from './section.ts';

const MAY_GROW_TO = 1.1;
const AT_MOST_MB = 150;
const CALLERS = { keys: keysFor(200), connections: 10 };
/** Resident memory varies with garbage, so each figure is the median of this many samples. */
const SAMPLES = 5;

/** Compares resident memory after all calls with resident memory after a tenth of them. */
export async function resident(
  testbed: Testbed,
  { print, calls }: Pick<RunOptions, 'print'> & { calls: number },
): Promise<Section> {
  const rows: string[][] = [];
  const verdicts = [];
  for (const baseline of [FLOOR, OURS_2026, OURS_REDIS_2026]) {
    const target = await testbed.start(baseline);
    const [early, late] = await residentAfter(testbed, target, calls, print);
    rows.push([baseline.name, megabytes(early), megabytes(late), `${(late / early).toFixed(2)} ×`]);
    if (baseline === FLOOR) continue;
    verdicts.push(
      {
        target: `RSS, ${baseline.name}, after ${calls} calls to after ${calls / 10}, at most ${MAY_GROW_TO} ×`,
        measured: `${(late / early).toFixed(2)} ×`,
        ok: late / early <= MAY_GROW_TO,
      },
      {
        target: `RSS, ${baseline.name}, after ${calls} calls, below ${AT_MOST_MB} MB`,
        measured: megabytes(late),
        ok: late < AT_MOST_MB * 1e6,
      },
    );
  }
  const head = ['server', `after ${calls / 10} calls`, `after ${calls}`, 'ratio'];
  return { title: 'Memory', table: { head, rows }, verdicts };
}

async function residentAfter(testbed: Testbed, target: Target, calls: number, print: (text: string) => void) {
  const step = calls / 100;
  const samples: number[] = [];
  while (samples.length < 100) {
    if (samples.length % 10 === 0) print(`${target.name}: ${samples.length * step} calls`);
    samples.push((await measureRound(testbed, target, CALLERS, step)).resident);
  }
  const at = (share: number) => spreadOf(samples.slice(share * 100 - SAMPLES, share * 100)).median;
  return [at(0.1), at(1)] as const;
}
