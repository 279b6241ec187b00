import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const BASELINES = join(ROOT, 'bench/baselines');
const LOCKFILE = join(BASELINES, 'package-lock.json');
/** The lockfile that was installed last. */
const INSTALLED = join(BASELINES, 'node_modules/.installed-package-lock.json');

/** Sends the output of npm and tsc to stderr: stdout is for results. */
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: ROOT, stdio: ['ignore', process.stderr, process.stderr] });

/** Builds the server as it ships. */
export const buildOurs = () => run(process.execPath, join(ROOT, 'scripts/build.ts'));

/** Installs the frameworks of the baselines if their lockfile has changed, and type-checks the baselines. */
export function installBaselines(): void {
  const lockfile = readFileSync(LOCKFILE, 'utf8');
  if (!existsSync(INSTALLED) || readFileSync(INSTALLED, 'utf8') !== lockfile) {
    run('npm', 'ci', '--prefix', BASELINES, '--ignore-scripts', '--no-audit', '--no-fund');
    writeFileSync(INSTALLED, lockfile);
  }
  run(
    process.execPath,
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    '--project',
    join(BASELINES, 'tsconfig.json'),
  );
}

/** Returns the packages that the baselines use, with their versions. */
export function baselineVersions(): [name: string, version: string][] {
  const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
  const own = ['fastify', 'undici', 'autocannon'].map((name): [string, string] => [
    name,
    read(`node_modules/${name}/package.json`).version,
  ]);
  const theirs = read('bench/baselines/package.json').dependencies as Record<string, string>;
  return [...Object.entries(theirs), ...own];
}
