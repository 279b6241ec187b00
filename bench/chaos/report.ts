import type { MostInWindow } from './judge-limit.ts';
import type { Refusals } from './judge-outage.ts';
import type { Write } from './judge-writes.ts';
import type { IntentResults } from './load.ts';
import { print, type Span } from './notes.ts';
import type { UpstreamRecord } from './upstream.ts';
import type { Verdict } from './verdict.ts';

const SHOWN = 20;

export function reportCalls(results: readonly IntentResults[]): void {
  const calls = results.flatMap(({ chains }) => chains.flat());
  print(`\nHTTP calls: ${calls.length}, by outcome`);
  printCounts(calls.map(({ outcome, repeated }) => (repeated ? `${outcome} (repeated)` : outcome)));
}

export function reportUpstream({ requests, faults }: UpstreamRecord): void {
  print(`\nRequests at the upstream, with the warm-up: ${requests}, of which met a fault`);
  for (const [fault, count] of Object.entries(faults).sort()) printCount(count, fault);
}

export function reportWrites(writes: readonly Write[]): void {
  const ended = (write: Write, outcome: string) =>
    write.chains.some(chain => chain.at(-1)?.outcome === outcome) &&
    !write.chains.flat().some(({ outcome }) => outcome === 'done');
  const countWith = (test: (outcome: string, repeated: boolean) => boolean) =>
    writes.filter(({ chains }) => chains.flat().some(({ outcome, repeated }) => test(outcome, repeated)))
      .length;
  const unknown = writes.filter(write => ended(write, 'outcome_unknown'));
  const reallyDone = unknown.filter(({ carriedOut }) => carriedOut.length > 0).length;

  const calledAgain = writes.filter(({ chains }) => chains.flat().length > 1);
  print('\nWrites');
  printCount(writes.length, 'intended');
  printCount(writes.filter(({ intent }) => intent.twice).length, 'of them sent to two servers at once');
  printCount(writes.filter(({ carriedOut }) => carriedOut.length > 0).length, 'carried out');
  printCount(
    countWith(outcome => outcome === 'done'),
    'reported as done',
  );
  printCount(
    calledAgain.filter(({ intent }) => intent.spellings.length > 0).length,
    'called more than once, then in other spellings',
  );
  printCount(
    countWith(outcome => outcome === 'hung_up'),
    'whose client disconnected at first',
  );
  printCount(
    countWith((_, repeated) => repeated),
    'answered from the idempotency store at least once (repeated)',
  );
  printCount(
    unknown.length,
    `left unknown: ${reallyDone} had been carried out, ${unknown.length - reallyDone} not`,
  );
  print('\nHow each client of a write ended');
  printCounts(writes.flatMap(({ chains }) => chains.map(chain => chain.at(-1)?.outcome ?? 'no result')));
}

export function reportRedis(away: readonly (Span & { what: string })[]): void {
  print('\nRedis was');
  for (const { from, to, what } of away) print(`${secondsBetween(from, to).padStart(8)}  ${what}`);
}

export function reportLimit(limit: number, most: readonly (readonly [string, MostInWindow])[]): void {
  print(`\nThe most requests in any 60 s, where ${limit} are allowed`);
  for (const [organization, { undisturbed, whileRedisWasAway }] of most) {
    printCount(undisturbed, `of organization ${organization}`);
    printCount(whileRedisWasAway, `of organization ${organization}, while Redis was away for any server`);
  }
}

export function reportOutage(outages: readonly Span[], by: Record<'failing' | 'healthy', Refusals>): void {
  const lasted = outages.map(({ from, to }) => secondsBetween(from, to)).join(' and ');
  print(`\nPartoo failed for one organization for ${lasted}; partoo_unavailable were`);
  printCount(by.failing.refused, `of its ${by.failing.calls} calls`);
  printCount(by.healthy.refused, `of the other's ${by.healthy.calls} calls`);
}

const secondsBetween = (from: number, to: number) => `${((to - from) / 1_000).toFixed(1)} s`;

/** Returns whether all claims hold. */
export function reportVerdicts(verdicts: readonly Verdict[]): boolean {
  print('');
  for (const { claim, failures } of verdicts) {
    print(failures.length === 0 ? `ok      ${claim}` : `FAILED  ${claim}: ${failures.length} times`);
    for (const failure of failures.slice(0, SHOWN)) print(`  - ${failure}`);
  }
  return verdicts.every(({ failures }) => failures.length === 0);
}

function printCounts(names: string[]): void {
  const counts = [...Map.groupBy(names, name => name)].map(([name, all]) => [name, all.length] as const);
  for (const [name, count] of counts.toSorted((a, b) => b[1] - a[1])) printCount(count, name);
}

const printCount = (count: number, what: string) => print(`${String(count).padStart(8)}  ${what}`);
