import type { Table } from '../support/table.ts';
import type { Verdict } from '../support/verdicts.ts';

/** The results of one experiment. */
export interface Section {
  title: string;
  table: Table;
  verdicts: Verdict[];
}

export interface RunOptions {
  rounds: number;
  seconds: number;
  print(text: string): void;
}
