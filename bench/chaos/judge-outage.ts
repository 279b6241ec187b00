import { KEY_OF_OUTAGE } from './faults.ts';
import type { IntentResults } from './load.ts';
import type { Span } from './notes.ts';
import type { Verdict } from './verdict.ts';

/** How many results during an outage were `partoo_unavailable`. */
export interface Refusals {
  refused: number;
  calls: number;
}

/** Some calls always fail because all their attempts met faults. */
const REFUSED_AT_MOST = 0.05;

/** For the organization with the outage, and for the others. */
export function refusalsDuring(outages: readonly Span[], results: readonly IntentResults[]) {
  const during = results.flatMap(({ intent, chains }) =>
    chains
      .flat()
      .filter(({ startedAt, endedAt }) => outages.some(({ from, to }) => startedAt >= from && endedAt <= to))
      .map(({ outcome }) => ({
        outcome,
        isOther: intent.key === KEY_OF_OUTAGE,
      })),
  );
  const count = (isOther: boolean): Refusals => {
    const calls = during.filter(call => call.isOther === isOther);
    return {
      refused: calls.filter(({ outcome }) => outcome === 'partoo_unavailable').length,
      calls: calls.length,
    };
  };
  return { failing: count(true), healthy: count(false) };
}

export function judgeOutage(outages: readonly Span[], results: readonly IntentResults[]): Verdict {
  const { refused, calls } = refusalsDuring(outages, results).healthy;
  const failures = [
    ...(calls === 0 ? ['no call of another organization returned'] : []),
    ...(refused > calls * REFUSED_AT_MOST ? [`${refused} of ${calls} calls were refused`] : []),
  ];
  return { claim: 'while Partoo failed for one organization, calls of the other succeeded', failures };
}
