/** A target, what was measured, and whether that is good enough. */
export interface Verdict {
  target: string;
  measured: string;
  ok: boolean;
}

/** Shows every target; answers whether all are met, and makes a process whose targets are missed end with 1. */
export function sayVerdicts(verdicts: readonly Verdict[], say: (text: string) => void): boolean {
  for (const { target, measured, ok } of verdicts) say(`${ok ? 'ok    ' : 'MISSED'}  ${target}: ${measured}`);
  const met = verdicts.every(({ ok }) => ok);
  if (!met) {
    say(`\n${verdicts.filter(({ ok }) => !ok).length} of ${verdicts.length} targets missed`);
    process.exitCode = 1;
  }
  return met;
}
