import { parseArgs } from 'node:util';
import { exitOnSignals } from '../support/exit-on-signals.ts';
import { type Baseline, OURS, startFloor, startOurs } from './baselines.ts';
import { callAll, introduceKeys, type Outcome } from './calls.ts';
import { MODES } from './quota.ts';
import { type Row, report } from './report.ts';
import { faults, judge } from './verdict.ts';

/**
 * Checks that three replicas stay within Partoo's limit for an organization and use all of it: several keys of one
 * organization make far more calls at once than a minute allows, to an upstream that counts. A bare proxy runs beside them.
 * `npm run bench:limit` takes six minutes; `--mode sliding --keys 1 --calls 400` takes less.
 */
const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '3' },
    calls: { type: 'string', default: '900' },
    mode: { type: 'string' },
  },
});
const keys = Array.from({ length: Number(values.keys) }, (_, number) => `key-${number + 1}`);
const calls = Number(values.calls);
const modes = MODES.filter(mode => values.mode === undefined || mode === values.mode);

exitOnSignals();

const rows: Row[] = [];
const problems: string[] = [];

// One mode at a time: sharing the cores would delay requests, which this run measures.
for (const mode of modes) {
  process.stdout.write(`${mode}: ${calls} calls by ${keys.length} key(s) at once\n`);
  const baselines = await Promise.all([startOurs(mode), startFloor(mode)]);
  await Promise.all(baselines.map(({ urls }) => introduceKeys(urls, keys)));
  await Promise.all(
    baselines.map(async baseline => {
      const outcomes = await callAll(baseline.urls, keys, calls);
      const verdict = judge(await baseline.arrivals(), outcomes, keys);
      rows.push({ mode, baseline: baseline.name, verdict });
      if (baseline.name !== OURS) return;
      const found = faults(verdict).map(fault => `${mode}: ${fault}`);
      if (found.length > 0) problems.push(...found, ...evidence(baseline, outcomes));
    }),
  );
  await Promise.all(baselines.map(baseline => baseline.stop()));
}

function evidence(baseline: Baseline, outcomes: Outcome[]): string[] {
  const failed = outcomes.find(({ served }) => !served);
  // Every kind of warning once: a Redis that was lost on a busy machine explains a slow run.
  const warnings = new Map(
    baseline
      .outputs()
      .flatMap(output => output.match(/^.*"level":[456]0.*$/gm) ?? [])
      .map(line => [/"msg":"[^"]*"/.exec(line)?.[0], line]),
  ).values();
  return [failed?.text, ...warnings].filter(line => line !== undefined).map(line => `  ${line}`);
}

process.stdout.write(`\n${report(rows.toSorted((a, b) => modes.indexOf(a.mode) - modes.indexOf(b.mode)))}\n`);
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
