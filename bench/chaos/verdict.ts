export interface Verdict {
  /** What must hold. */
  claim: string;
  /** Where it does not. */
  failures: string[];
}
