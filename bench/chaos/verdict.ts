export interface Verdict {
  /** What must hold. */
  claim: string;
  /** Where it does not. */
  failures: string[];
  /** How many of these a write met that was under way while Redis was away. */
  whileRedisWasAway?: number;
}
