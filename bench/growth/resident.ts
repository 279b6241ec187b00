import { FLOOR, OURS_2026, OURS_REDIS_2026 } from '../cost/baselines.ts';
import type { Stage } from '../cost/environment.ts';
import { megabytes } from '../cost/figures.ts';
import { keysFor, measureRound, type Target } from '../cost/measure.ts';
import { spreadOf } from '../cost/statistics.ts';
import type { Effort, Part } from './part.ts';

const MAY_GROW_TO = 1.1;
const AT_MOST_MB = 150;
const CALLERS = { keys: keysFor(200), connections: 10 };
/** What is resident moves up and down with garbage: it is looked at this many times, a hundredth of the calls apart. */
const LOOKS = 5;

/** What is resident after many calls, beside what was after a tenth of them. */
export async function resident(
  stage: Stage,
  { say, calls }: Pick<Effort, 'say'> & { calls: number },
): Promise<Part> {
  const rows: string[][] = [];
  const verdicts = [];
  for (const baseline of [FLOOR, OURS_2026, OURS_REDIS_2026]) {
    const target = await stage.start(baseline);
    const [early, late] = await residentAfter(stage, target, calls, say);
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

async function residentAfter(stage: Stage, target: Target, calls: number, say: (text: string) => void) {
  const step = calls / 100;
  const seen: number[] = [];
  while (seen.length < 100) {
    if (seen.length % 10 === 0) say(`${target.name}: ${seen.length * step} calls`);
    seen.push((await measureRound(stage, target, CALLERS, step)).resident);
  }
  const at = (share: number) => spreadOf(seen.slice(share * 100 - LOOKS, share * 100)).median;
  return [at(0.1), at(1)] as const;
}
