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

/** Runs every scenario that the suite has for servers of an era, scored or not. Throws if the suite does not finish. */
export const runSuite = (url: string, era: Era): Promise<Scenario[]> =>
  run('server', ['server', '--url', url, '--requirements', era]);

interface AuthorizationServer {
  issuer: string;
  resource: string;
  clientId: string;
  /** The suite receives the authorization response at `/callback` of this port on loopback. */
  callbackPort: number;
}

/**
 * Runs every scenario that the suite has for authorization servers. `visit` opens the authorization URL that the suite prints, as
 * the browser of a person.
 */
export function runAuthorizationSuite(
  { issuer, resource, clientId, callbackPort }: AuthorizationServer,
  visit: (authorizationUrl: string) => Promise<unknown>,
): Promise<Scenario[]> {
  let printed = '';
  let visited = false;
  const client = ['--client-id', clientId, '--resource', resource, '--port', `${callbackPort}`];
  return run('authorization-server', ['authorization', '--url', issuer, ...client], output => {
    printed += output;
    const [, url] = /^(http\S+[?&]code_challenge=\S+)$/m.exec(printed) ?? [];
    if (url === undefined || visited) return;
    visited = true;
    // Without its response the suite reports the failure itself, after minutes.
    visit(url).catch(error => process.stderr.write(`${error.stack}\n`));
  });
}

async function run(target: string, args: string[], onOutput?: (output: string) => void): Promise<Scenario[]> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const output = await execute([...args, '--output-dir', folder], onOutput);
    const names = [...output.matchAll(/^=== Running scenario: (\S+) ===$/gm)].map(
      ([, name]) => name as string,
    );
    const announced = Number(/^Running .*\((\d+) scenarios\)/m.exec(output)?.[1]);
    if (names.length !== announced || !output.includes('=== SUMMARY ===')) {
      throw new Error(`The suite did not come to its end:\n${output}`);
    }
    const results = await readdir(folder);
    return await Promise.all(names.map(async name => ({ name, checks: await readChecks(name) })));

    async function readChecks(name: string): Promise<Check[]> {
      const result = results.find(
        result => result.replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '') === `${target}-${name}`,
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
function execute(args: string[], onOutput?: (output: string) => void): Promise<string> {
  return new Promise(resolve => {
    const options = { maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = execFile(process.execPath, [SUITE, ...args], options, (_failed, stdout, stderr) =>
      resolve(stdout + stderr),
    );
    if (onOutput) stdout?.on('data', onOutput);
  });
}
