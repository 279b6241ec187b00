import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const DEPLOY = join(import.meta.dirname, '../../deploy');
const START_MS = 20_000;

export interface Series {
  metric: Record<string, string>;
  value: [time: number, value: string];
}

export interface Prometheus {
  /** Requests its HTTP API and returns the data. Throws the API's error message. */
  request<Data>(path: string, parameters?: Record<string, string>): Promise<Data>;
  query(expression: string): Promise<Series[]>;
  stop(): Promise<void>;
}

/**
 * Starts Prometheus with the configuration of deploy/, except three things: it scrapes `target`, once per second, and alerts
 * fire without a waiting period.
 */
export async function startPrometheus(target: string): Promise<Prometheus> {
  const directory = await mkdtemp(join(tmpdir(), 'partoo-mcp-prometheus-'));
  const config = await readFile(join(DEPLOY, 'prometheus.yml'), 'utf8');
  const rules = await readFile(join(DEPLOY, 'alerts.yml'), 'utf8');
  const adapted = config.replaceAll(/_interval: \w+/g, '_interval: 1s').replace('127.0.0.1:9464', target);
  await writeFile(join(directory, 'prometheus.yml'), adapted);
  await writeFile(join(directory, 'alerts.yml'), rules.replaceAll(/^ +for: \w+\n/gm, ''));

  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(directory, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      '--web.listen-address=127.0.0.1:0',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const removeNow = () => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', removeNow);
  const origin = await addressOf(child);

  const request = async <Data>(path: string, parameters: Record<string, string> = {}): Promise<Data> => {
    const response = await fetch(`${origin}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const { status, data, error } = (await response.json()) as {
      status: string;
      data: Data;
      error?: string;
    };
    if (status !== 'success') throw new Error(error);
    return data;
  };
  return {
    request,
    query: async expression => (await request<{ result: Series[] }>('query', { query: expression })).result,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      process.removeListener('exit', removeNow);
      removeNow();
    },
  };
}

/** Reads the address from its log, because the system chooses the port. */
async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  child.stderr?.on('data', data => {
    output = (output + data).slice(-20_000);
  });
  for (let waited = 0; waited < START_MS && child.exitCode === null; waited += 50) {
    const [, address] = /msg="Listening on" address=(127\.0\.0\.1:\d+)/.exec(output) ?? [];
    if (address && output.includes('Server is ready')) return `http://${address}`;
    await sleep(50);
  }
  throw new Error(`prometheus did not start:\n${output}`);
}
