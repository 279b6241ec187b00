import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process of ours beside the servers: it is told a message, and tells one back. */
export function startHelper(file: string) {
  const child: ChildProcess = fork(join(import.meta.dirname, file));
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  let stopping = false;
  child.once('exit', code => {
    process.removeListener('exit', killNow);
    // Whoever waits for its message would wait for ever.
    if (!stopping) throw new Error(`${file} ended with ${code}`);
  });
  const told = async () => (await once(child, 'message'))[0];
  return {
    told,
    ask(message: object | string) {
      child.send(message);
      return told();
    },
    stop() {
      stopping = true;
      child.disconnect();
    },
  };
}
