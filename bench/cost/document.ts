import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { baselineVersions } from './install.ts';

const FILE = new URL('../../docs/performance.md', import.meta.url);

/** Replaces the section of a command in docs/performance.md, between its two HTML comments. */
export function writeSection(command: string, markdown: string): void {
  const text = readFileSync(FILE, 'utf8');
  const begin = `<!-- npm run ${command} -->`;
  const end = `<!-- /npm run ${command} -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for \`npm run ${command}\``);
  writeFileSync(FILE, `${text.slice(0, from + begin.length)}\n${markdown.trim()}\n${text.slice(to)}`);
}

/** Describes the machine and the versions in a paragraph. */
export function circumstances(): string {
  const [cpu] = cpus();
  const redis = /v=([\d.]+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' }))?.[1];
  const versions = baselineVersions().map(([name, version]) => `${name} ${version}`);
  const machine = `${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}, Node ${process.versions.node}, Redis ${redis}; ${versions.join(', ')}.`;
}

export const verdictsAsMarkdown = (verdicts: readonly { target: string; measured: string; ok: boolean }[]) =>
  [
    '| target | measured | |',
    '|---|---|---|',
    ...verdicts.map(
      ({ target, measured, ok }) => `| ${target} | ${measured} | ${ok ? 'ok' : '**missed**'} |`,
    ),
  ].join('\n');
