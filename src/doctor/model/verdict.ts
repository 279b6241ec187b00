export type Outcome = 'confirmed' | 'contradicted' | 'not tested';

export interface Verdict {
  outcome: Outcome;
  /** Never contains a value of Partoo's: only words of this code, names of fields, types and statuses. */
  detail?: string;
}

export const confirmed = (detail?: string): Verdict => ({ outcome: 'confirmed', detail });
export const contradicted = (detail: string): Verdict => ({ outcome: 'contradicted', detail });
export const notTested = (detail: string): Verdict => ({ outcome: 'not tested', detail });

/** Thrown where a check cannot go on. The message is the reason, as in Verdict. */
export class NotTested extends Error {}

/** Thrown where a check has found a contradiction on its way. */
export class Contradicted extends Error {}
