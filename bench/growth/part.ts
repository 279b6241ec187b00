import type { Table } from '../support/table.ts';
import type { Verdict } from '../support/verdicts.ts';

/** What one of the experiments has found. */
export interface Part {
  title: string;
  table: Table;
  verdicts: Verdict[];
}

export interface Effort {
  rounds: number;
  seconds: number;
  say(text: string): void;
}
