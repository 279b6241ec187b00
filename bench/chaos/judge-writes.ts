import type { CallResult } from './client.ts';
import type { IntentResults } from './load.ts';
import { secondsIntoRun } from './notes.ts';
import type { SeenWrite, UpstreamRecord } from './upstream.ts';
import type { Verdict } from './verdict.ts';

/** A write as both sides saw it. */
export interface Write extends IntentResults {
  seen: SeenWrite[];
  carriedOut: SeenWrite[];
}

/** Matches the results that clients got with the requests that the upstream received. */
export function matchWrites(results: readonly IntentResults[], record: UpstreamRecord): Write[] {
  const byNumber = Map.groupBy(record.writes, ({ number }) => number);
  return results
    .filter(({ intent }) => intent.effect !== 'reads')
    .map(one => {
      const seen = (byNumber.get(one.intent.number) ?? []).toSorted((a, b) => a.at - b.at);
      return { ...one, seen, carriedOut: seen.filter(({ carriedOut }) => carriedOut) };
    });
}

export function judgeWrites(writes: readonly Write[], record: UpstreamRecord): Verdict[] {
  // Setting a value twice is harmless.
  const adding = writes.filter(({ intent }) => intent.effect === 'adds');
  return [
    none('no write was carried out twice', adding, ({ carriedOut }) => carriedOut.length > 1),
    none('no write was sent again after one that may have happened', adding, sentAfterDoubt),
    none('an outcome reported again was marked as repeated', adding, reportedDoneTwice),
    none('what was reported as done was carried out', writes, reportedDoneButWasNot),
    none('what was reported as not done was not carried out', writes, reportedNotDoneButWas),
    { claim: 'the upstream received no write that nobody intended', failures: unintended(writes, record) },
  ];
}

function none(claim: string, writes: readonly Write[], isWrong: (write: Write) => boolean): Verdict {
  return { claim, failures: writes.filter(isWrong).map(describe) };
}

/** Only a 4xx is certain: the write did not happen. */
const maybeHappened = ({ status }: SeenWrite) => status === undefined || status < 400 || status >= 500;

const sentAfterDoubt = ({ seen }: Write) => seen.slice(0, -1).some(maybeHappened);

const reportedDoneTwice = ({ chains }: Write) =>
  chains.flat().filter(({ outcome, repeated }) => outcome === 'done' && !repeated).length > 1;

const reportedDoneButWasNot = ({ chains, carriedOut }: Write) =>
  carriedOut.length === 0 && chains.flat().some(({ outcome }) => outcome === 'done');

/** Any other code says that nothing was changed. `bad` has a verdict of its own. */
const OPEN = new Set([
  'done',
  'outcome_unknown',
  'in_progress',
  'writes_paused',
  'cancelled',
  'broken',
  'hung_up',
  'bad',
]);

/**
 * Of two clients with the same intent, one may rightly get "not done" before the other's call does it. So only requests that
 * the upstream had received by then count.
 */
function reportedNotDoneButWas({ chains, carriedOut }: Write): boolean {
  const doneBySomeone = chains.some(chain => OPEN.has(chain.at(-1)?.outcome ?? ''));
  return chains.some(chain => {
    const last = chain.at(-1);
    if (!last || OPEN.has(last.outcome)) return false;
    return carriedOut.some(({ at }) => at <= last.endedAt || !doneBySomeone);
  });
}

function unintended(writes: readonly Write[], record: UpstreamRecord): string[] {
  const intended = new Set(writes.map(({ intent }) => intent.number));
  return record.writes
    .filter(({ number }) => !intended.has(number))
    .map(({ number, path }) => `POST ${path} with the content chaos ${number}`);
}

function describe({ intent, chains, seen }: Write): string {
  const from = Math.min(...chains.flat().map(({ startedAt }) => startedAt));
  const seconds = (at: number) => `${((at - from) / 1_000).toFixed(2)} s`;
  const result = ({ outcome, repeated, server, startedAt, endedAt }: CallResult) =>
    `${server.name} ${seconds(startedAt)} to ${seconds(endedAt)} ${outcome}${repeated ? ' (repeated)' : ''}`;
  const request = ({ at, status, carriedOut, faults }: SeenWrite) =>
    [seconds(at), status ?? 'no response', carriedOut ? 'CARRIED OUT' : 'not done', ...faults].join(' ');
  return [
    `${intent.tool} (chaos ${intent.number}), called ${secondsIntoRun(from)} into the run`,
    ...chains.map(chain => `    results: ${chain.map(result).join('; ')}`),
    `    upstream: ${seen.map(request).join('; ') || 'nothing'}`,
  ].join('\n');
}
