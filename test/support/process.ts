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
  /** Returns its stdout and stderr, of long output only the end. */
  output(): string;
  /** Sends a signal, SIGTERM by default. Returns the exit code, or `null` if the signal ended the process. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface ServerProcess extends SpawnedServer {
  origin: string;
  /** The MCP endpoint. */
  url: string;
}

/**
 * Starts the server in its own process on a free port, with `env` as its only environment. Reads the port from the log, so
 * `LOG_LEVEL` must be `info` or lower.
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
    const timer = setTimeout(() => fail('logged no address (LOG_LEVEL above info?)'), START_MS);
    child
      .once('exit', ended)
      .once('error', error => settle(() => reject(error)))
      .stdout?.on('data', look);
  });
  return { ...started, origin, url: `${origin}/mcp` };
}

/** Starts the server without waiting until it listens. */
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
  // A test run that crashes must leave no servers.
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  child.once('exit', () => process.removeListener('exit', killNow));

  // Read until it exits: a full pipe would block the server at its next log line.
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (data: string) => {
      output += data;
      if (output.length > 2 * KEPT) output = output.slice(-KEPT);
    });
  }
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    const [code] = await exited;
    return code as number | null;
  };
  return { child, output: () => output, stop };
}
