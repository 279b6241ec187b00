import { execFile, execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../test/support/free-port.ts';
import { exitOnSignals } from './exit-on-signals.ts';

const MIB = 1024 * 1024;

/** Runs Docker and returns what it prints. */
export const docker = async (...args: string[]) =>
  (await promisify(execFile)('docker', args, { maxBuffer: 100 * MIB })).stdout.trim();

export interface RunningImage {
  /** The container's id. */
  container: string;
  origin: string;
  pid: number;
}

/** Starts an image of this server with a memory limit, on a free port. The container is removed when this process ends. */
export async function startImage(
  image: string,
  memory: string,
  settings: Record<string, string>,
): Promise<RunningImage> {
  const port = await freePort();
  const env = { ...settings, HOST: '127.0.0.1', PORT: `${port}` };
  const container = await docker(
    ...['run', '--detach', '--network', 'host', '--memory', memory, '--memory-swap', memory],
    ...['--read-only', '--cap-drop', 'ALL'],
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    image,
  );
  process.once('exit', () => execFileSync('docker', ['rm', '--force', container]));
  exitOnSignals();
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if ((await fetch(`${origin}/healthz`).catch(() => undefined))?.ok) break;
    if (tries > 150) throw new Error(await docker('logs', container));
    await sleep(200);
  }
  const pid = Number(await docker('inspect', '--format', '{{.State.Pid}}', container));
  return { container, origin, pid };
}
