import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerProcess } from '../../test/support/process.ts';

const MIB = 1024 * 1024;

/** The environment of server processes to be measured. */
export const MEASURABLE = {
  NODE_OPTIONS: `--expose-gc --import ${join(import.meta.dirname, 'report-memory.ts')}`,
};

export interface Memory {
  /** MiB. */
  rss: number;
  /** MiB of live objects, after a garbage collection. */
  heapUsed: number;
  timers: number;
  sockets: number;
}

/** Reads RSS before forcing a garbage collection, since production forces none. */
export async function measure({ server: { child } }: { server: ServerProcess }): Promise<Memory> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const [, kib] = /VmRSS:\s+(\d+) kB/.exec(status) ?? [];
  child.kill('SIGWINCH');
  const { heapUsed, ...resources } = await readReport(child.stdout);
  return { rss: Number(kib) / 1024, heapUsed: heapUsed / MIB, ...resources };
}

async function readReport(stdout: NodeJS.ReadableStream | null): Promise<Omit<Memory, 'rss'>> {
  if (!stdout) throw new Error('the server has no stdout');
  let output = '';
  for (;;) {
    const [data] = await once(stdout, 'data', { signal: AbortSignal.timeout(10_000) });
    output += data;
    const [line] = /\{"heapUsed":.*\}\n/.exec(output) ?? [];
    if (line) return JSON.parse(line);
  }
}
