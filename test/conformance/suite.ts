import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ERAS = ['2026-07-28', '2025-11-25'] as const;
export type Era = (typeof ERAS)[number];

export interface Check {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  errorMessage?: string;
}

export interface Scenario {
  name: string;
  checks: Check[];
}

const SUITE = join(import.meta.dirname, '../../node_modules/@modelcontextprotocol/conformance/dist/index.js');

/** Runs every scenario that the suite has for an era, scored or not. Throws if the suite does not finish. */
export async function runSuite(url: string, era: Era): Promise<Scenario[]> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const output = await execute(['server', '--url', url, '--requirements', era, '--output-dir', folder]);
    const names = [...output.matchAll(/^=== Running scenario: (\S+) ===$/gm)].map(
      ([, name]) => name as string,
    );
    const announced = Number(/^Running requirements \S+ \((\d+) scenarios\)/m.exec(output)?.[1]);
    if (names.length !== announced || !output.includes('=== SUMMARY ===')) {
      throw new Error(`The suite did not come to its end:\n${output}`);
    }
    const results = await readdir(folder);
    return await Promise.all(names.map(async name => ({ name, checks: await readChecks(name) })));

    async function readChecks(name: string): Promise<Check[]> {
      const result = results.find(
        result => result.replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '') === `server-${name}`,
      );
      // A scenario that crashes or times out leaves no result.
      if (!result) return [{ id: name, status: 'FAILURE', errorMessage: 'the scenario could not be run' }];
      return JSON.parse(await readFile(join(folder, result, 'checks.json'), 'utf8'));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Returns the output, whatever the exit code: the exclusions decide what may fail. */
function execute(args: string[]): Promise<string> {
  return new Promise(resolve => {
    execFile(process.execPath, [SUITE, ...args], { maxBuffer: 64 * 1024 * 1024 }, (_failed, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
