import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 10_000;

export interface Nginx {
  /** Where the tools are called. */
  url: string;
  /** What it logged of each call: status, the replicas it asked, what they answered. */
  calls(): Promise<string[]>;
  /** What it complained of, but for replicas that refused a connection, which harms no call. */
  errors(): Promise<string[]>;
  stop(): Promise<void>;
}

/** The `nginx` on the PATH in front of two replicas, in a directory of its own. */
export async function startNginx(
  port: number,
  replicas: [number, number],
  nextUpstream: string,
): Promise<Nginx> {
  const directory = await mkdtemp(join(tmpdir(), 'partoo-mcp-nginx-'));
  const template = await readFile(join(import.meta.dirname, 'nginx.conf'), 'utf8');
  const conf = template
    .replaceAll('DIRECTORY', directory)
    .replace('LISTEN_PORT', `${port}`)
    .replace('FIRST_PORT', `${replicas[0]}`)
    .replace('SECOND_PORT', `${replicas[1]}`)
    .replace('NEXT_UPSTREAM', nextUpstream);
  const file = join(directory, 'nginx.conf');
  await writeFile(file, conf);

  const child = spawn('nginx', ['-c', file, '-p', directory, '-e', join(directory, 'error.log')], {
    stdio: 'inherit',
  });
  process.once('exit', () => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });
  const lines = async (name: string) =>
    (await readFile(join(directory, name), 'utf8')).split('\n').filter(line => line !== '');
  const origin = `http://127.0.0.1:${port}`;
  const until = performance.now() + START_MS;
  for (;;) {
    const answer = await fetch(`${origin}/healthz`).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null || performance.now() > until) throw new Error('nginx did not start');
    await sleep(100);
  }
  return {
    url: `${origin}/mcp`,
    calls: () => lines('access.log'),
    errors: async () => (await lines('error.log')).filter(line => !line.includes('Connection refused')),
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
