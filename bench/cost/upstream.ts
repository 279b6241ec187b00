import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Arrivals {
  /** Searches for businesses. */
  pages: number;
  /** Questions whose key it is. */
  lookUps: number;
}

export type Upstream = Awaited<ReturnType<typeof startUpstream>>;

/** Partoo's part, in a process of its own (upstream-process.ts). */
export async function startUpstream() {
  const child = fork(join(import.meta.dirname, 'upstream-process.ts'));
  process.once('exit', () => child.kill('SIGKILL'));
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    /** What has arrived since this was asked last. */
    async arrivals(): Promise<Arrivals> {
      child.send('tell');
      return (await once(child, 'message'))[0];
    },
    stop: () => child.disconnect(),
  };
}
