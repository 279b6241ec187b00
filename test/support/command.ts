import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const REPOSITORY = join(import.meta.dirname, '../..');
const NOBODY_LISTENS = 'http://127.0.0.1:9';

export interface Machine {
  /** Its home directory, empty at first; `remove` deletes it. */
  home: string;
  /** The environment of its programs. */
  env: Record<string, string>;
  /** Runs a program in the repository, where npx finds installed packages. Returns its stdout. */
  run(command: string, args: string[], env?: Record<string, string>): Promise<string>;
  remove(): Promise<void>;
}

const TIMEOUT_MS = 60_000;

/** Returns a stand-in for a user's machine: an empty home directory, a clean environment, and no network access. */
export async function freshMachine(): Promise<Machine> {
  const home = await mkdtemp(join(tmpdir(), 'partoo-mcp-client-'));
  const env = {
    HOME: home,
    // The Node.js of this run first, so that programs use it.
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: NOBODY_LISTENS,
    HTTPS_PROXY: NOBODY_LISTENS,
    NO_PROXY: '127.0.0.1,localhost',
  };
  return {
    home,
    env,
    async run(command, args, more = {}) {
      const options = { cwd: REPOSITORY, env: { ...env, ...more }, timeout: TIMEOUT_MS, maxBuffer: 2 ** 24 };
      const running = promisify(execFile)(command, args, options);
      // Some programs read a prompt or their arguments from an open stdin.
      running.child.stdin?.end();
      return (await running).stdout;
    },
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}
