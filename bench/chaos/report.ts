import type { MostInWindow } from './judge-limit.ts';
import type { Refusals } from './judge-outage.ts';
import type { Write } from './judge-writes.ts';
import type { Told } from './load.ts';
import { type Span, say } from './notes.ts';
import type { Ledger } from './upstream.ts';
import type { Verdict } from './verdict.ts';

const SHOWN = 20;

export function reportCalls(told: readonly Told[]): void {
  const answers = told.flatMap(({ chains }) => chains.flat());
  say(`\nHTTP calls: ${answers.length}, by outcome`);
  sayCounts(answers.map(({ outcome, repeated }) => (repeated ? `${outcome} (repeated)` : outcome)));
}

export function reportUpstream({ requests, faults }: Ledger): void {
  say(`\nRequests at the upstream, with the warm-up: ${requests}, of which met a fault`);
  for (const [fault, count] of Object.entries(faults).sort()) sayCount(count, fault);
}

export function reportWrites(writes: readonly Write[]): void {
  const ended = (write: Write, outcome: string) =>
    write.chains.some(chain => chain.at(-1)?.outcome === outcome) &&
    !write.chains.flat().some(({ outcome }) => outcome === 'done');
  const answered = (test: (outcome: string, repeated: boolean) => boolean) =>
    writes.filter(({ chains }) => chains.flat().some(({ outcome, repeated }) => test(outcome, repeated)))
      .length;
  const unknown = writes.filter(write => ended(write, 'outcome_unknown'));
  const reallyDone = unknown.filter(({ carriedOut }) => carriedOut.length > 0).length;

  const asked = writes.filter(({ chains }) => chains.flat().length > 1);
  say('\nWrites');
  sayCount(writes.length, 'intended');
  sayCount(writes.filter(({ intent }) => intent.twice).length, 'of them asked at two servers at once');
  sayCount(writes.filter(({ carriedOut }) => carriedOut.length > 0).length, 'carried out');
  sayCount(
    answered(outcome => outcome === 'done'),
    'told as done',
  );
  sayCount(
    asked.filter(({ intent }) => intent.spellings.length > 0).length,
    'asked for more than once, then in other spellings',
  );
  sayCount(
    answered(outcome => outcome === 'hung_up'),
    'whose caller hung up at first',
  );
  sayCount(
    answered((_, repeated) => repeated),
    'answered from memory at least once (repeated)',
  );
  sayCount(
    unknown.length,
    `left unknown: ${reallyDone} had been carried out, ${unknown.length - reallyDone} not`,
  );
  say('\nHow each client of a write ended');
  sayCounts(writes.flatMap(({ chains }) => chains.map(chain => chain.at(-1)?.outcome ?? 'no answer')));
}

export function reportRedis(away: readonly (Span & { what: string })[]): void {
  say('\nRedis was');
  for (const { from, to, what } of away) say(`${secondsBetween(from, to).padStart(8)}  ${what}`);
}

export function reportLimit(limit: number, most: readonly (readonly [string, MostInWindow])[]): void {
  say(`\nThe most requests in any 60 s, where ${limit} are allowed`);
  for (const [organization, { undisturbed, whileRedisWasAway }] of most) {
    sayCount(undisturbed, `of organization ${organization}`);
    sayCount(
      whileRedisWasAway,
      `of organization ${organization}, with Redis away in these or for some server`,
    );
  }
}

export function reportOutage(outages: readonly Span[], by: Record<'failing' | 'healthy', Refusals>): void {
  const lasted = outages.map(({ from, to }) => secondsBetween(from, to)).join(' and ');
  say(`\nPartoo failed for one organization for ${lasted}; partoo_unavailable were`);
  sayCount(by.failing.refused, `of its ${by.failing.answers} calls`);
  sayCount(by.healthy.refused, `of the other's ${by.healthy.answers} calls`);
}

const secondsBetween = (from: number, to: number) => `${((to - from) / 1_000).toFixed(1)} s`;

/** Returns whether all claims hold. */
export function reportVerdicts(verdicts: readonly Verdict[]): boolean {
  say('');
  for (const { claim, failures } of verdicts) {
    say(failures.length === 0 ? `ok      ${claim}` : `FAILED  ${claim}: ${failures.length} times`);
    for (const failure of failures.slice(0, SHOWN)) say(`  - ${failure}`);
  }
  return verdicts.every(({ failures }) => failures.length === 0);
}

function sayCounts(names: string[]): void {
  const counts = [...Map.groupBy(names, name => name)].map(([name, all]) => [name, all.length] as const);
  for (const [name, count] of counts.toSorted((a, b) => b[1] - a[1])) sayCount(count, name);
}

const sayCount = (count: number, what: string) => say(`${String(count).padStart(8)}  ${what}`);
