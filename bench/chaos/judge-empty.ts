import type { Told } from './load.ts';
import { secondsIntoRun } from './notes.ts';
import type { Verdict } from './verdict.ts';

/** Lists that only grow during a run. Reviews leave the list of untreated ones. */
const onlyGrows = ({ intent }: Told) => intent.effect === 'reads' && !('state__in' in intent.args);

/** A failure of Partoo must not look like an empty list. */
export function judgeEmpty(told: readonly Told[]): Verdict {
  const sameRead = Map.groupBy(told.filter(onlyGrows), ({ intent: { key, tool, args } }) =>
    JSON.stringify([key, tool, args]),
  );
  const failures = [...sameRead].flatMap(([read, all]) => {
    const done = all.flatMap(({ chains }) => chains.flat()).filter(({ outcome }) => outcome === 'done');
    const firstFull = Math.min(...done.filter(({ isEmpty }) => !isEmpty).map(({ answeredAt }) => answeredAt));
    return done
      .filter(({ isEmpty, askedAt }) => isEmpty && askedAt > firstFull)
      .map(
        ({ askedAt, server }) => `${read}, asked ${secondsIntoRun(askedAt)} into the run at ${server.name}`,
      );
  });
  return { claim: 'no read was told as empty that had been told as full before', failures };
}
