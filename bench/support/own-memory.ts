import { readFile } from 'node:fs/promises';

/**
 * Returns the anonymous memory of a process in MiB; 0 if it has ended. Pages mapped from files, such as Node itself, do not
 * count: the kernel drops them when memory gets short. Linux only.
 */
export async function ownMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kib] = /RssAnon:\s+(\d+) kB/.exec(status) ?? [];
  return Number(kib ?? 0) / 1024;
}
