export interface Verdict {
  claim: string;
  /** Where the claim does not hold. */
  failures: string[];
}
