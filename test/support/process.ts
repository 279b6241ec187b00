import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const KEPT = 10_000_000;
const START_MS = 30_000;

/** On a busy machine the event loop is late, which is no overload of the server. */
export const NEVER_OVERLOADED = { MAX_EVENT_LOOP_DELAY_MS: '60000' };

export interface SpawnedServer {
  child: ChildProcess;
  /** What it printed; of a great deal the last. */
  output(): string;
  /** Sends a signal, SIGTERM unless told; answers the exit code, `null` where the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface ServerProcess extends SpawnedServer {
  origin: string;
  /** Where the tools are called: the origin's `/mcp`. */
  url: string;
}

/**
 * The server as it really runs: a process of its own, with `env` and nothing else of our environment, on a free port.
 * What it logs at `info` tells the port, so a `LOG_LEVEL` above that does not go.
 */
export async function startProcess(
  env: Record<string, string>,
  file = 'src/main.js',
): Promise<ServerProcess> {
  const started = spawnServer(env, file);
  const { child, output } = started;
  const origin = await new Promise<string>((resolve, reject) => {
    const settle = (then: () => void) => {
      clearTimeout(timer);
      child.off('exit', ended).stdout?.off('data', look);
      then();
    };
    const fail = (what: string) => settle(() => reject(new Error(`${file} ${what}:\n${output()}`)));
    const ended = (code: number | null) => fail(`ended with ${code} at its start`);
    const look = () => {
      const [, found] = /Server listening at (http:\/\/[\d.:]+)/.exec(output()) ?? [];
      if (found) settle(() => resolve(found));
    };
    const timer = setTimeout(() => fail('told no address (LOG_LEVEL above info?)'), START_MS);
    child
      .once('exit', ended)
      .once('error', error => settle(() => reject(error)))
      .stdout?.on('data', look);
  });
  return { ...started, origin, url: `${origin}/mcp` };
}

/** The same, without waiting for it to listen. */
export function spawnServer(env: Record<string, string>, file = 'src/main.js'): SpawnedServer {
  const child = spawn(process.execPath, [join(ROOT, file)], {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: '0',
      DRAIN_GRACE_MS: '0',
      ...NEVER_OVERLOADED,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A run that dies half-way leaves no servers behind.
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  child.once('exit', () => process.removeListener('exit', killNow));

  // Read to the end of its life: a full pipe would stop the server at its next log line.
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (data: string) => {
      output += data;
      if (output.length > 2 * KEPT) output = output.slice(-KEPT);
    });
  }
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = once(child, 'exit');
    child.kill(signal);
    const [code] = await gone;
    return code as number | null;
  };
  return { child, output: () => output, stop };
}
