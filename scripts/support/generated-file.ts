import { readFileSync, writeFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** Whether the script was asked only to look whether its file is what it would write. */
export const CHECKS = process.argv.includes('--check');

/** Writes a generated file of this repository; with --check fails when the file is another. */
export function writeOrCheck(path: string, text: string, command: string): void {
  const file = new URL(path, ROOT);
  if (!CHECKS) {
    writeFileSync(file, text);
    return;
  }
  if (readFileSync(file, 'utf8') === text) return;
  process.stderr.write(`${path} is not what it would be now: run \`${command}\` and commit it\n`);
  process.exitCode = 1;
}
