import { readFile } from 'node:fs/promises';

/**
 * The memory of a process in MiB, without what is mapped from files, such as Node itself: the kernel drops that when memory gets
 * short. 0 for one that has ended. Linux only.
 */
export async function ownMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kib] = /RssAnon:\s+(\d+) kB/.exec(status) ?? [];
  return Number(kib ?? 0) / 1024;
}
