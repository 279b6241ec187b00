import type { IntentResults } from './load.ts';
import { secondsIntoRun } from './notes.ts';
import type { Verdict } from './verdict.ts';

/** Lists that only grow during a run. Reviews leave the list of untreated ones. */
const onlyGrows = ({ intent }: IntentResults) => intent.effect === 'reads' && !('state__in' in intent.args);

/** A failure of Partoo must not look like an empty list. */
export function judgeEmpty(results: readonly IntentResults[]): Verdict {
  const sameRead = Map.groupBy(results.filter(onlyGrows), ({ intent: { key, tool, args } }) =>
    JSON.stringify([key, tool, args]),
  );
  const failures = [...sameRead].flatMap(([read, all]) => {
    const done = all.flatMap(({ chains }) => chains.flat()).filter(({ outcome }) => outcome === 'done');
    const firstFull = Math.min(...done.filter(({ isEmpty }) => !isEmpty).map(({ endedAt }) => endedAt));
    return done
      .filter(({ isEmpty, startedAt }) => isEmpty && startedAt > firstFull)
      .map(
        ({ startedAt, server }) =>
          `${read}, called ${secondsIntoRun(startedAt)} into the run at ${server.name}`,
      );
  });
  return { claim: 'no read came back empty after it had come back with rows', failures };
}
