import { KEY_OF_OUTAGE } from './faults.ts';
import type { Told } from './load.ts';
import type { Span } from './notes.ts';
import type { Verdict } from './verdict.ts';

/** How many results during an outage were `partoo_unavailable`. */
export interface Refusals {
  refused: number;
  answers: number;
}

/** Some calls always fail because all their attempts met faults. */
const REFUSED_AT_MOST = 0.05;

/** For the organization with the outage, and for the others. */
export function refusalsDuring(outages: readonly Span[], told: readonly Told[]) {
  const during = told.flatMap(({ intent, chains }) =>
    chains
      .flat()
      .filter(({ askedAt, answeredAt }) =>
        outages.some(({ from, to }) => askedAt >= from && answeredAt <= to),
      )
      .map(({ outcome }) => ({
        outcome,
        isOther: intent.key === KEY_OF_OUTAGE,
      })),
  );
  const count = (isOther: boolean): Refusals => {
    const answers = during.filter(answer => answer.isOther === isOther);
    return {
      refused: answers.filter(({ outcome }) => outcome === 'partoo_unavailable').length,
      answers: answers.length,
    };
  };
  return { failing: count(true), healthy: count(false) };
}

export function judgeOutage(outages: readonly Span[], told: readonly Told[]): Verdict {
  const { refused, answers } = refusalsDuring(outages, told).healthy;
  const failures = [
    ...(answers === 0 ? ['no call of another organization was answered'] : []),
    ...(refused > answers * REFUSED_AT_MOST ? [`${refused} of ${answers} calls were refused`] : []),
  ];
  return { claim: 'while Partoo failed for one organization, the calls of the other went on', failures };
}
