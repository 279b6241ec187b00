import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const KEPT = 100_000;
const START_MS = 30_000;

export interface ServerProcess {
  origin: string;
  /** Where the tools are called: the origin's `/mcp`. */
  url: string;
  child: ChildProcess;
  /** The last of what it printed. */
  output(): string;
  /** Sends a signal, SIGTERM unless told; answers the exit code, `null` where the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * A server in a process of its own, with `env` and nothing else of our environment, on a free port.
 * What it logs at `info` tells the port, so a `LOG_LEVEL` above that does not go.
 */
export async function startServer(env: Record<string, string>, file = 'src/main.ts'): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(ROOT, file)], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DRAIN_GRACE_MS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A bench that dies half-way leaves no servers behind.
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  child.once('exit', () => process.removeListener('exit', killNow));

  let output = '';
  const origin = await new Promise<string>((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`${file} ${what}:\n${output}`));
    const timer = setTimeout(() => fail('told no address (LOG_LEVEL above info?)'), START_MS);
    // Read to the end of its life: a full pipe would stop the server at its next log line.
    let told = false;
    const read = (data: string) => {
      output = (output + data).slice(-KEPT);
      const [, found] = (!told && /Server listening at (http:\/\/[\d.:]+)/.exec(output)) || [];
      if (!found) return;
      told = true;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('exit', code => {
      clearTimeout(timer);
      fail(`ended with ${code} at its start`);
    });
  });

  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = once(child, 'exit');
    child.kill(signal);
    const [code] = await gone;
    return code as number | null;
  };
  return { origin, url: `${origin}/mcp`, child, output: () => output, stop };
}
