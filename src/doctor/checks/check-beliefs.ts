import type { Probe } from '../asking/probe.ts';
import { Contradicted, contradicted, NotTested, notTested, type Verdict } from '../model/verdict.ts';
import type { Belief } from './belief.ts';

export interface Finding {
  belief: Belief;
  verdict: Verdict;
}

/** Checks beliefs one after the other. `onFinding` is called after each. */
export async function checkBeliefs(
  beliefs: Belief[],
  probe: Probe,
  onFinding: (finding: Finding) => void = () => {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const belief of beliefs) {
    const finding = { belief, verdict: await verdictOf(belief, probe) };
    findings.push(finding);
    onFinding(finding);
  }
  return findings;
}

async function verdictOf(belief: Belief, probe: Probe): Promise<Verdict> {
  if (belief.writes && probe.writeTo === undefined) return notTested('needs --write');
  try {
    return await belief.check(probe);
  } catch (error) {
    if (error instanceof NotTested) return notTested(error.message);
    if (error instanceof Contradicted) return contradicted(error.message);
    // Not its message, which may quote a value of Partoo's.
    return notTested(`the check itself failed (${(error as Error).name})`);
  }
}
