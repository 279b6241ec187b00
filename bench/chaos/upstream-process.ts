import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Ledger, Mood } from './upstream.ts';

export async function startUpstream(seed: number, now: Date) {
  const child = fork(join(import.meta.dirname, 'upstream.ts'), [`${seed}`, `${now.getTime()}`]);
  process.once('exit', () => child.kill('SIGKILL'));
  const answer = async () => (await once(child, 'message'))[0];
  const url: string = await answer();

  const ask = (question: Mood | 'ledger') => {
    child.send(question);
    return answer();
  };
  return {
    url,
    misbehave: async () => void (await ask('misbehave')),
    failOther: async () => void (await ask('fail other')),
    slowDown: async () => void (await ask('slow down')),
    ledger: (): Promise<Ledger> => ask('ledger'),
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
