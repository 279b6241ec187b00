import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export interface ServerProcess {
  url: string;
  child: ChildProcess;
  /** Everything it printed. */
  output(): string;
  /** Sends a signal; answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** The server as it really runs: a process of its own, from its environment alone. */
export async function startProcess(env: Record<string, string>): Promise<ServerProcess> {
  const started = spawnServer(env);
  for (let i = 0; i < 200; i++) {
    const origin = /Server listening at (http:\/\/[\d.:]+)/.exec(started.output())?.[1];
    if (origin) return { ...started, url: `${origin}/mcp` };
    if (started.child.exitCode !== null) break;
    await sleep(50);
  }
  throw new Error(`the server did not start:\n${started.output()}`);
}

export function spawnServer(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DRAIN_GRACE_MS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', data => {
    output += data;
  });
  child.stderr.on('data', data => {
    output += data;
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill(signal);
    const [code] = await once(child, 'exit');
    return code as number | null;
  };
  return { child, output: () => output, stop };
}
