/** A target, what was measured, and whether that is good enough. */
export interface Verdict {
  target: string;
  measured: string;
  ok: boolean;
}

/** Prints every verdict. Returns whether all targets are met; sets exit code 1 if not. */
export function printVerdicts(verdicts: readonly Verdict[], print: (text: string) => void): boolean {
  for (const { target, measured, ok } of verdicts)
    print(`${ok ? 'ok    ' : 'MISSED'}  ${target}: ${measured}`);
  const met = verdicts.every(({ ok }) => ok);
  if (!met) {
    print(`\n${verdicts.filter(({ ok }) => !ok).length} of ${verdicts.length} targets missed`);
    process.exitCode = 1;
  }
  return met;
}
