import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

export interface RedisProcess {
  url: string;
  port: number;
  directory: string;
  /** Sends SIGKILL: data that is not on disk is lost. */
  kill(): Promise<void>;
  /** Kills it if it runs, and starts it on the same port and directory. */
  restart(): Promise<void>;
  /** Sends SIGSTOP: connections stay open without responses until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it and removes its directory. */
  stop(): Promise<void>;
}

/** A test run that crashes must leave no Redis and no directory. */
const running = new Set<() => void>();
process.once('exit', () => {
  for (const removeNow of running) removeNow();
});

/** Starts `redis-server` from the PATH on a free port, in its own directory. */
export async function startRedis(
  options: { port?: number; appendonly?: boolean; tls?: boolean; flags?: string[] } = {},
): Promise<RedisProcess> {
  const port = options.port ?? (await freePort());
  const directory = await mkdtemp(join(tmpdir(), 'partoo-mcp-redis-'));
  const flags = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  // Redis uses the last of two equal flags.
  flags.push(...(options.flags ?? []));
  if (options.tls) flags.push('--port', '0', '--tls-port', `${port}`, ...(await selfSigned(directory)));
  // `always`, because `everysec` could lose up to a second.
  if (options.appendonly) flags.push('--appendonly', 'yes', '--appendfsync', 'always');

  let child = await launch(flags);
  const kill = () => end(child, 'SIGKILL');
  const removeNow = () => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  running.add(removeNow);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    directory,
    kill,
    async restart() {
      await kill();
      child = await launch(flags);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      await end(child, 'SIGTERM');
      running.delete(removeNow);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function selfSigned(directory: string): Promise<string[]> {
  const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  await promisify(execFile)('openssl', ['req', '-x509', ...curve, ...name, '-keyout', key, '-out', cert]);
  return ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-auth-clients', 'no'];
}

/** Resolves once Redis accepts connections: after it has read its append-only file, if it has one. */
function launch(flags: string[]): Promise<ChildProcess> {
  const child = spawn('redis-server', flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (data: Buffer) => {
      output = (output + data).slice(-10_000);
      if (output.includes('Ready to accept connections')) resolve(child);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`redis-server did not start:\n${output}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
