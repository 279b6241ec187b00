import { readFileSync, writeFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** With `--check` scripts compare generated files and write none. */
export const CHECKS = process.argv.includes('--check');

/** Writes a generated file of this repository. With `--check` it fails instead if the file differs. */
export function writeOrCheck(path: string, text: string, command: string): void {
  const file = new URL(path, ROOT);
  if (!CHECKS) {
    writeFileSync(file, text);
    return;
  }
  if (readFileSync(file, 'utf8') === text) return;
  process.stderr.write(`${path} is out of date: run \`${command}\` and commit it\n`);
  process.exitCode = 1;
}

/** The same for the part of a file between `<!-- name -->` and `<!-- /name -->`. */
export function writeOrCheckSection(path: string, name: string, text: string, command: string): void {
  const whole = readFileSync(new URL(path, ROOT), 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [whole.indexOf(begin), whole.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no section ${begin}`);
  const replaced = `${whole.slice(0, from + begin.length)}\n${text.trim()}\n${whole.slice(to)}`;
  writeOrCheck(path, replaced, command);
}
