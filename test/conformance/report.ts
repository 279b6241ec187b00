import type { JudgedScenario, Result, Verdict } from './verdict.ts';

const MARKS: Record<Result, string> = { passed: '✓', partly: '◐', excluded: '–', failed: '✗' };

/** A table with one line per scenario, and a summary. */
export function report(title: string, { scenarios, stale }: Verdict): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = scenarios.flatMap(scenario => [
    `  ${MARKS[scenario.result]} ${scenario.name.padEnd(width)}  ${scenario.reasons.join(' ')}`.trimEnd(),
    ...scenario.faults.map(fault => `      ${fault}`),
  ]);
  const unused = stale.map(
    entry =>
      `  ✗ ${entry} is excluded but passes, or no longer exists: remove the exclusion, or name only the checks that fail`,
  );
  return [`\n${title}`, ...lines, ...unused, `  ${summary(scenarios, stale.length)}`].join('\n');
}

function summary(scenarios: JudgedScenario[], stale: number): string {
  const count = (result: Result) => scenarios.filter(scenario => scenario.result === result).length;
  return [
    `${scenarios.length} scenarios:`,
    `${count('passed')} passed,`,
    `${count('partly')} passed except excluded checks,`,
    `${count('excluded')} excluded,`,
    `${count('failed')} failed;`,
    `${stale} stale exclusions`,
  ].join(' ');
}
