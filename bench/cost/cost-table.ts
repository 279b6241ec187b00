import type { Table } from '../support/table.ts';
import { type Baseline, FLOOR } from './baselines.ts';
import { megabytes, microseconds, times } from './figures.ts';
import type { Round, Target } from './measure.ts';
import { ratioOf, spreadOf } from './statistics.ts';

export interface Measured {
  baseline: Baseline;
  target: Target;
  rounds: Round[];
  /** Size of one response. */
  bytes: number;
}

/** One line per baseline. `reference` returns the row whose CPU time the ratio refers to. */
export function costTable(
  rows: Measured[],
  ratioTitle: string,
  reference: (row: Measured) => Measured,
): Table {
  const spread = (rounds: Round[], figure: keyof Round) => spreadOf(rounds.map(round => round[figure]));
  const costs = (rounds: Round[]) => rounds.map(({ cpuPerCall }) => cpuPerCall);
  return {
    head: ['server', 'revision', 'CPU per call, µs', ratioTitle, 'calls/s', 'p50', 'p99', 'RSS', 'response'],
    rows: rows.map(row => {
      const { baseline, rounds, bytes } = row;
      return [
        baseline.name,
        baseline === FLOOR ? '–' : baseline.revision,
        microseconds(spread(rounds, 'cpuPerCall')),
        times(ratioOf(costs(rounds), costs(reference(row).rounds))),
        microseconds(spread(rounds, 'callsPerSecond')),
        `${spread(rounds, 'p50').median.toFixed(1)} ms`,
        `${spread(rounds, 'p99').median.toFixed(1)} ms`,
        megabytes(spread(rounds, 'resident').median),
        `${(bytes / 1_000).toFixed(1)} kB`,
      ];
    }),
  };
}
