import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FaultMode, UpstreamRecord } from './upstream.ts';

export async function startUpstream(seed: number, now: Date) {
  const child = fork(join(import.meta.dirname, 'upstream.ts'), [`${seed}`, `${now.getTime()}`]);
  process.once('exit', () => child.kill('SIGKILL'));
  const nextMessage = async () => (await once(child, 'message'))[0];
  const url: string = await nextMessage();

  const request = (message: FaultMode | 'record') => {
    child.send(message);
    return nextMessage();
  };
  return {
    url,
    misbehave: async () => void (await request('misbehave')),
    failOther: async () => void (await request('fail other')),
    slowDown: async () => void (await request('slow down')),
    record: (): Promise<UpstreamRecord> => request('record'),
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
